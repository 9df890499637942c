// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.common.util.ByteArray;
import org.elasticsearch.common.util.IntArray;
import org.elasticsearch.common.util.LongArray;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.shard.ShardFields;
import org.semantichash.plugin.wire.Frame;

/** The documents of one shard that have a code. */
final class ShardDocuments implements Writeable {

  /** What an id takes beside its code, roughly. */
  private static final int ID_BYTES = 64;

  private final String index;
  private final int bits;
  private final String digest;
  private final boolean tooMany;
  private final String[] ids;
  private final byte[] codes;

  /**
   * The documents.
   *
   * @param index the index, with its cluster if that is another
   * @param bits the width of the codes
   * @param digest of the model that made the codes; null when it is unknown
   * @param ids of the documents
   * @param codes of the documents, one after the other
   */
  ShardDocuments(String index, int bits, String digest, String[] ids, byte[] codes) {
    this(index, bits, digest, false, ids, codes);
  }

  private ShardDocuments(
      String index, int bits, String digest, boolean tooMany, String[] ids, byte[] codes) {
    if (codes.length != ids.length * BinaryCode.byteLength(bits)) {
      throw new IllegalArgumentException(
          format(
              "[codes] must have [%s] bytes for each of [%s] documents, got [%s]",
              BinaryCode.byteLength(bits), ids.length, codes.length));
    }
    this.index = Objects.requireNonNull(index, "index");
    this.bits = bits;
    this.digest = digest;
    this.tooMany = tooMany;
    this.ids = ids;
    this.codes = codes;
  }

  /** A shard that has more documents than are compared, and so sends none. */
  static ShardDocuments tooMany(String index, int bits, String digest) {
    return new ShardDocuments(index, bits, digest, true, new String[0], new byte[0]);
  }

  ShardDocuments(StreamInput in) throws IOException {
    this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
  }

  private ShardDocuments(Frame body) throws IOException {
    this(
        body.readString(),
        body.readVInt(),
        body.readOptionalString(),
        body.readBoolean(),
        body.readStringArray(),
        body.readByteArray());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeString(index);
          body.writeVInt(bits);
          body.writeOptionalString(digest);
          body.writeBoolean(tooMany);
          body.writeStringArray(ids);
          body.writeByteArray(codes);
        });
  }

  /** The memory of so many documents, roughly. */
  static long bytes(int bits, int documents) {
    return (long) documents * (ID_BYTES + BinaryCode.byteLength(bits));
  }

  String index() {
    return index;
  }

  int bits() {
    return bits;
  }

  String digest() {
    return digest;
  }

  /** What decides whether the codes can be compared with others. */
  ShardFields fields() {
    return new ShardFields(bits, digest, null, null, false);
  }

  boolean isTooMany() {
    return tooMany;
  }

  int size() {
    return ids.length;
  }

  String id(int document) {
    return ids[document];
  }

  /** The codes, one after the other; not to be changed. */
  byte[] codes() {
    return codes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardDocuments that
        && index.equals(that.index)
        && bits == that.bits
        && Objects.equals(digest, that.digest)
        && tooMany == that.tooMany
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(index, bits, digest, tooMany, Arrays.hashCode(ids), Arrays.hashCode(codes));
  }

  /** The documents of a shard and their codes, bucket by bucket. */
  static final class BucketCodes implements Releasable {

    private final BigArrays arrays;
    private final int bytes; // of a code
    private final int most; // documents
    private int size;
    private boolean full;
    private ByteArray codes; // [documents x bytes]
    private IntArray documents;
    private IntArray previous; // the document before in the same bucket, + 1
    private IntArray last; // [buckets] the last document, + 1
    private LongArray withoutCode; // [buckets]
    private LongArray withoutTerms; // [buckets]

    /**
     * No documents.
     *
     * @param arrays the memory, which counts
     * @param bytes of a code
     * @param most the documents with a code that are kept, over all buckets
     */
    BucketCodes(BigArrays arrays, int bytes, int most) {
      this.arrays = arrays;
      this.bytes = bytes;
      this.most = most;
      boolean success = false;
      try {
        codes = arrays.newByteArray(bytes);
        documents = arrays.newIntArray(1);
        previous = arrays.newIntArray(1);
        last = arrays.newIntArray(1);
        withoutCode = arrays.newLongArray(1);
        withoutTerms = arrays.newLongArray(1);
        success = true;
      } finally {
        if (success == false) {
          close();
        }
      }
    }

    int bytes() {
      return bytes;
    }

    /** A document without a code. */
    void addWithoutCode(long bucket) {
      withoutCode = arrays.grow(withoutCode, bucket + 1);
      withoutCode.increment(bucket, 1);
    }

    /** A document with the code of texts without known terms, which is compared with none. */
    void addWithoutTerms(long bucket) {
      withoutTerms = arrays.grow(withoutTerms, bucket + 1);
      withoutTerms.increment(bucket, 1);
    }

    /**
     * A document with a code.
     *
     * @param document its number in the shard's reader
     */
    void add(long bucket, int document, BytesRef code) {
      if (size == most) {
        full = true;
        return;
      }
      assert code.length == bytes : "a code of [" + code.length + "] bytes, not [" + bytes + "]";
      codes = arrays.grow(codes, (size + 1L) * bytes);
      documents = arrays.grow(documents, size + 1L);
      previous = arrays.grow(previous, size + 1L);
      last = arrays.grow(last, bucket + 1);
      codes.set((long) size * bytes, code.bytes, code.offset, bytes);
      documents.set(size, document);
      previous.set(size, last.get(bucket));
      last.set(bucket, ++size);
    }

    /** Whether there were more documents with a code than are kept. */
    boolean isOverflown() {
      return full;
    }

    /** How many documents of a bucket have no code. */
    long withoutCode(long bucket) {
      return bucket < withoutCode.size() ? withoutCode.get(bucket) : 0;
    }

    /** How many documents of a bucket have the code of texts without known terms. */
    long withoutTerms(long bucket) {
      return bucket < withoutTerms.size() ? withoutTerms.get(bucket) : 0;
    }

    /** How many documents of a bucket are compared. */
    int count(long bucket) {
      int count = 0;
      for (int next = first(bucket); next != 0; next = previous.get(next - 1)) {
        count++;
      }
      return count;
    }

    private int first(long bucket) {
      return bucket < last.size() ? last.get(bucket) : 0;
    }

    /**
     * The documents of a bucket, ascending, each in the high half with its place in the low half.
     */
    long[] places(long bucket) {
      long[] places = new long[count(bucket)];
      int at = 0;
      for (int next = first(bucket); next != 0; next = previous.get(next - 1)) {
        places[at++] = (long) documents.get(next - 1) << Integer.SIZE | (next - 1);
      }
      assert at == places.length;
      Arrays.sort(places);
      return places;
    }

    /** The codes at some places, one after the other. */
    byte[] codes(long[] places) {
      byte[] some = new byte[places.length * bytes];
      for (int i = 0; i < places.length; i++) {
        long from = (places[i] & 0xffffffffL) * bytes;
        for (int j = 0; j < bytes; j++) {
          some[i * bytes + j] = codes.get(from + j);
        }
      }
      return some;
    }

    @Override
    public void close() {
      Releasables.close(codes, documents, previous, last, withoutCode, withoutTerms);
    }
  }
}
