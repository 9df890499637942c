// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/**
 * What a node did with a model since it started.
 *
 * @param id the name of the model
 * @param loaded what is loaded now, or null
 * @param counts one number for each {@link ModelCount}
 * @param loadMillis how long the loads took together
 * @param lastUse when the last text was hashed or skipped, in milliseconds since 1970; 0 for never
 * @param latencies the number of texts by how long they took, see {@link #latencyBucket}
 */
@SuppressWarnings("ArrayRecordComponent") // made for one answer; never compared
public record ModelStats(
    String id,
    Loaded loaded,
    Map<ModelCount, Long> counts,
    long loadMillis,
    long lastUse,
    long[] latencies)
    implements Writeable, ToXContentObject {

  /** The upper bounds of the buckets but the last, in microseconds. */
  private static final int[] BOUNDS = {30, 100, 300, 1_000, 3_000, 10_000, 100_000};

  private static final String STATISTICS = "statistics of a model";

  /** The number of buckets. */
  static final int LATENCY_BUCKETS = BOUNDS.length + 1;

  /**
   * A model in memory.
   *
   * @param digest the SHA-256 of its file
   * @param place where it came from: cluster or folder
   * @param encoder what computes the codes: java, or onnxruntime
   * @param format the version of the file's format
   * @param bytes how much memory is accounted for it
   */
  public record Loaded(String digest, String place, String encoder, int format, long bytes)
      implements Writeable {

    Loaded(StreamInput in) throws IOException {
      this(Frame.open(in, STATISTICS));
    }

    private Loaded(Frame body) throws IOException {
      this(
          body.readString(),
          body.readString(),
          body.readString(),
          body.readVInt(),
          body.readVLong());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeString(digest);
            body.writeString(place);
            body.writeString(encoder);
            body.writeVInt(format);
            body.writeVLong(bytes);
          });
    }
  }

  /** How often something happened. */
  public long get(ModelCount count) {
    return counts.get(count);
  }

  /** The number of texts hashed. */
  public long texts() {
    return get(ModelCount.TEXTS);
  }

  /** The bucket of a duration: the first whose upper bound is above it, or the last. */
  static int latencyBucket(long nanos) {
    long micros = nanos / 1_000;
    int bucket = 0;
    while (bucket < BOUNDS.length && micros >= BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** Reads what {@link #writeTo} wrote. */
  public ModelStats(StreamInput in) throws IOException {
    this(Frame.open(in, STATISTICS));
  }

  private ModelStats(Frame body) throws IOException {
    this(
        body.readString(),
        body.readOptionalWriteable(Loaded::new),
        counts(body.readMap(StreamInput::readVLong)),
        body.readVLong(),
        body.readVLong(),
        body.readVLongArray());
  }

  /** By name, as not all nodes need to count the same: what is not known here is left out. */
  private static Map<ModelCount, Long> counts(Map<String, Long> named) {
    Map<ModelCount, Long> counts = new EnumMap<>(ModelCount.class);
    for (ModelCount count : ModelCount.values()) {
      counts.put(count, named.getOrDefault(count.toString(), 0L));
    }
    return counts;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeString(id);
          body.writeOptionalWriteable(loaded);
          body.writeMap(
              counts, (to, count) -> to.writeString(count.toString()), StreamOutput::writeVLong);
          body.writeVLong(loadMillis);
          body.writeVLong(lastUse);
          body.writeVLongArray(latencies);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("loaded", loaded != null);
    if (loaded != null) {
      builder.field("digest", loaded.digest());
      builder.field("source", loaded.place());
      builder.field("encoder", loaded.encoder());
      builder.field("format_version", loaded.format());
      builder.humanReadableField(
          "memory_in_bytes", "memory", ByteSizeValue.ofBytes(loaded.bytes()));
    }
    for (ModelCount count : ModelCount.values()) {
      builder.field(count.toString(), get(count));
    }
    builder.humanReadableField(
        "load_time_in_millis", "load_time", TimeValue.timeValueMillis(loadMillis));
    if (lastUse > 0) {
      builder.timestampFieldsFromUnixEpochMillis("last_use_in_millis", "last_use", lastUse);
    }
    builder.startArray("latency");
    for (int i = 0; i < latencies.length; i++) {
      builder.startObject();
      if (i < BOUNDS.length) {
        builder.field("below_micros", BOUNDS[i]);
      }
      builder.field("count", latencies[i]).endObject();
    }
    return builder.endArray().endObject();
  }

  /** What is counted of a model; in statistics by its lower-case name. */
  public enum ModelCount {
    /** The texts hashed. */
    TEXTS,
    /**
     * The texts that the model could not hash, those that were too long for the time among them.
     */
    ERRORS,
    /** The texts not hashed since their documents had their codes already. */
    SKIPPED,
    /** How often it was loaded. */
    LOADS,
    /** How often loading it failed, once it had been found. */
    FAILED_LOADS,
    /**
     * The loads that failed because the circuit breaker or the cache had not enough memory left.
     */
    REJECTED,
    /** The texts that were not hashed in time, by waiting for the model or by their length. */
    TIMEOUTS,
    /** How often the model was asked for and was in memory. */
    CACHE_HITS,
    /** How often the model was asked for and was not, or not yet, in memory. */
    CACHE_MISSES,
    /** How often it was dropped because another needed its memory, or the limit was lowered. */
    EVICTIONS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
