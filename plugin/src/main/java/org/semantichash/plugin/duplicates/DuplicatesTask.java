// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/** The task of a search of near-duplicates. */
public final class DuplicatesTask extends CancellableTask {

  private volatile DuplicatesStatus status = DuplicatesStatus.START;

  DuplicatesTask(
      long id,
      String type,
      String action,
      String description,
      TaskId parent,
      Map<String, String> headers) {
    super(id, type, action, description, parent, headers);
  }

  /** Sets the progress. */
  public void report(DuplicatesStatus now) {
    status = now;
  }

  @Override
  public Task.Status getStatus() {
    return status;
  }

  /**
   * The progress of a search of near-duplicates.
   *
   * @param phase what it does
   * @param progress how much of that is done, 0 to 1
   * @param documents how many documents were looked at
   * @param codes how many of them have a code
   * @param groups how many groups were found
   */
  public record DuplicatesStatus(
      Phase phase, double progress, long documents, long codes, int groups) implements Task.Status {

    /** Its name on the wire. */
    public static final String NAME = "semantic_hash_near_duplicates";

    /** Nothing is done yet. */
    static final DuplicatesStatus START = new DuplicatesStatus(Phase.OPENING, 0, 0, 0, 0);

    /** What a search does, in this order. */
    public enum Phase {
      /** Opens a reader of every shard and checks the fields. */
      OPENING,
      /** Reads the codes of the shards. */
      READING,
      /** Searches the pairs and the groups. */
      JOINING,
      /** Reads and compares the texts of the pairs. */
      VERIFYING,
      /** Reads the ids of the documents of the groups from the shards. */
      NAMING,
      /** Writes the result. */
      WRITING
    }

    public DuplicatesStatus(StreamInput in) throws IOException {
      this(Frame.open(in, NAME));
    }

    /** A phase of a newer version is shown as the last one that is known here. */
    private DuplicatesStatus(Frame body) throws IOException {
      this(
          body.readEnumOr(Phase.WRITING),
          body.readDouble(),
          body.readVLong(),
          body.readVLong(),
          body.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeEnum(phase);
            body.writeDouble(progress);
            body.writeVLong(documents);
            body.writeVLong(codes);
            body.writeVInt(groups);
          });
    }

    @Override
    public String getWriteableName() {
      return NAME;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      return builder
          .startObject()
          .field("phase", phase.name().toLowerCase(Locale.ROOT))
          .field("progress", progress)
          .field("documents", documents)
          .field("codes", codes)
          .field("groups", groups)
          .endObject();
    }
  }
}
