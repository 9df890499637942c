// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.plugin.wire.Frame;

/** Some codes of a shard, in the order of their documents. */
public final class CodeBatch implements Writeable {

  /** Behind the last document. */
  public static final int END = -1;

  /** No codes: nothing was asked for. */
  static final CodeBatch EMPTY = new CodeBatch(new long[0], new int[0], 0, 0, 0);

  private final long[] words;
  private final int[] documents;
  private final int counted;
  private final int next;
  private final int withoutTerms;

  CodeBatch(long[] words, int[] documents, int counted, int next, int withoutTerms) {
    this.words = words;
    this.documents = documents;
    this.counted = counted;
    this.next = next;
    this.withoutTerms = withoutTerms;
  }

  CodeBatch(StreamInput in) throws IOException {
    this(Frame.open(in, "codes of a shard"));
  }

  private CodeBatch(Frame body) throws IOException {
    this(
        body.readLongArray(),
        body.readVIntArray(),
        body.readVInt(),
        body.readInt(),
        body.readOr(0, StreamInput::readVInt));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeLongArray(words);
          body.writeVIntArray(documents);
          body.writeVInt(counted);
          body.writeInt(next);
          body.writeVInt(withoutTerms);
        });
  }

  /** How many codes. */
  public int size() {
    return documents.length;
  }

  /** The codes, [codes x words of a code], as WordColumns has them; not to be changed. */
  public long[] words() {
    return words;
  }

  /** The document of each code in the shard's reader, [codes]; not to be changed. */
  public int[] documents() {
    return documents;
  }

  /** How many documents were looked at that count. */
  public int counted() {
    return counted;
  }

  /** How many of them have the code of texts without known terms, and so are left out. */
  public int withoutTerms() {
    return withoutTerms;
  }

  /** The document to go on with; {@link #END} when there are no more. */
  public int next() {
    return next;
  }
}
