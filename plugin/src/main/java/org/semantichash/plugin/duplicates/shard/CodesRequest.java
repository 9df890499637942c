// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.QueryBuilder;
import org.semantichash.plugin.duplicates.Keep;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.wire.Frame;

/** Asks for the next codes of a shard. */
public final class CodesRequest extends ReaderRequest {

  /**
   * What is asked of every shard of an index.
   *
   * @param field the field with the codes
   * @param query the documents that count, the alias's filter included; null for all
   * @param keep what will be asked of some documents later, checked now
   * @param now what a query takes for the time, in milliseconds since 1970
   * @param emptyCode the code of the index's texts without known terms, whose documents are only
   *     counted
   */
  public record Wanted(String field, QueryBuilder query, Keep keep, long now, EmptyCode emptyCode)
      implements Writeable {

    /** Knows no code that says nothing. */
    public Wanted(String field, QueryBuilder query, Keep keep, long now) {
      this(field, query, keep, now, EmptyCode.NONE);
    }

    Wanted(StreamInput in) throws IOException {
      this(Frame.open(in, "codes of a shard"));
    }

    private Wanted(Frame body) throws IOException {
      this(
          body.readString(),
          body.readOptionalNamedWriteable(QueryBuilder.class),
          body.read(Keep::new),
          body.readLong(),
          body.readOr(EmptyCode.NONE, EmptyCode::new));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeString(field);
            body.writeOptionalNamedWriteable(query);
            keep.writeTo(body);
            body.writeLong(now);
            emptyCode.writeTo(body);
          });
    }

    /** The same without the documents of texts without known terms. */
    public Wanted leavingOut(EmptyCode code) {
      return new Wanted(field, query, keep, now, code);
    }
  }

  private final Wanted wanted;
  private final int from;
  private final int limit;

  /**
   * Asks for codes.
   *
   * @param from the first document of the shard that is read
   * @param limit how many codes, at most; 0 only checks the fields and keeps the reader open
   */
  public CodesRequest(ShardReader reader, Wanted wanted, int from, int limit) {
    super(reader);
    this.wanted = wanted;
    this.from = from;
    this.limit = limit;
  }

  CodesRequest(StreamInput in) throws IOException {
    super(in);
    Frame body = Frame.open(in, "codes of a shard");
    this.wanted = body.read(Wanted::new);
    this.from = body.readVInt();
    this.limit = body.readVInt();
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    Frame.write(
        out,
        body -> {
          wanted.writeTo(body);
          body.writeVInt(from);
          body.writeVInt(limit);
        });
  }

  Wanted wanted() {
    return wanted;
  }

  int from() {
    return from;
  }

  int limit() {
    return limit;
  }
}
