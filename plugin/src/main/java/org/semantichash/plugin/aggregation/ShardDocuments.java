// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.hash.BinaryCode;
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
   * @param digest of the model that made the codes; null when nobody knows
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
          "[codes] must have ["
              + BinaryCode.byteLength(bits)
              + "] bytes for each of ["
              + ids.length
              + "] documents, got ["
              + codes.length
              + "]");
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

  /** As they were written. */
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
}
