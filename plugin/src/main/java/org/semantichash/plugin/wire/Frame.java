// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.wire;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.CountingStreamOutput;
import org.elasticsearch.common.io.stream.NamedWriteableAwareStreamInput;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.plugin.server.StreamPosition;

/**
 * One message of the plugin as it is sent between nodes, which need not have the same version of
 * the plugin:
 *
 * <pre>
 *   vInt  wire version of the writer
 *   vInt  lowest wire version that understands this message
 *   vInt  number of bytes of the body
 *   body  the fields, in the order of the versions that brought them
 * </pre>
 *
 * <p>A reader that is older than the writer leaves the fields that it does not know unread; one
 * that is newer takes defaults for those that are not there. So nothing is negotiated, and it does
 * not matter which of two nodes, or of two clusters, is upgraded first. A message which says
 * something that must not be left unread (an option that changes the result) names the version that
 * brought it as the lowest one, and older nodes refuse it; the same message without that option
 * stays readable for all.
 *
 * <p>A new field is one line in each direction, at the end of the body, and a new {@link #VERSION}
 * once per release:
 *
 * <pre>
 *   Frame.write(out, k == null ? 1 : 2, body -&gt; {
 *     body.writeString(field);
 *     body.writeOptionalVInt(k);                                // since version 2
 *   });
 *
 *   Frame body = Frame.open(in, "hamming");
 *   this.field = body.readString();
 *   this.k = body.readOr(null, StreamInput::readOptionalVInt);  // since version 2
 * </pre>
 *
 * <p>Every class of the plugin that is sent is a frame of its own, also within others, so that each
 * can have new fields. What Elasticsearch sends goes by its own transport version, which the body
 * has from the stream around it. A new value of an enumeration is something new as well: it needs a
 * lowest version, or readers that use {@link #readEnumOr}.
 */
public final class Frame extends NamedWriteableAwareStreamInput {

  /** The wire version of this plugin; one more in each release that adds a field. */
  public static final int VERSION = 1;

  private static final NamedWriteableRegistry NONE = new NamedWriteableRegistry(List.of());

  private final String message;

  private Frame(String message, StreamInput body, NamedWriteableRegistry registry) {
    super(body, registry);
    this.message = message;
  }

  /** Writes a message that every version understands. */
  public static void write(StreamOutput out, Writeable body) throws IOException {
    write(out, 1, body);
  }

  /**
   * Writes a message. The body is written twice, the first time only to count its bytes: nothing of
   * it is copied, however large it is.
   *
   * @param lowest the lowest wire version that understands what this message says
   */
  public static void write(StreamOutput out, int lowest, Writeable body) throws IOException {
    assert lowest >= 1 && lowest <= VERSION : lowest;
    if (out instanceof CountingStreamOutput) {
      // Within a frame whose bytes are being counted. The order does not matter.
      long start = StreamPosition.of(out);
      body.writeTo(out);
      writeHeader(out, lowest, Math.toIntExact(StreamPosition.of(out) - start));
      return;
    }
    int length = length(out, body);
    writeHeader(out, lowest, length);
    long start = StreamPosition.of(out);
    body.writeTo(out);
    long written = StreamPosition.of(out) - start;
    if (start >= 0 && written != length) {
      throw new IllegalStateException(
          "a message must not change while it is written, but it had ["
              + length
              + "] bytes and then ["
              + written
              + "]");
    }
  }

  private static int length(StreamOutput out, Writeable body) throws IOException {
    try (CountingStreamOutput counted = new CountingStreamOutput()) {
      counted.setTransportVersion(out.getTransportVersion());
      body.writeTo(counted);
      return Math.toIntExact(StreamPosition.of(counted));
    }
  }

  private static void writeHeader(StreamOutput out, int lowest, int length) throws IOException {
    out.writeVInt(VERSION);
    out.writeVInt(lowest);
    out.writeVInt(length);
  }

  /**
   * Begins to read a message. The stream is behind the message then, whatever is read of it.
   *
   * @param message its name, for errors
   * @throws IllegalArgumentException when this version of the plugin does not understand it
   * @throws IOException when it is damaged
   */
  public static Frame open(StreamInput in, String message) throws IOException {
    int writer = in.readVInt();
    int lowest = in.readVInt();
    if (lowest < 1 || writer < lowest) {
      throw new IOException(
          "["
              + message
              + "] is damaged: its lowest wire version must be between [1] and its writer's ["
              + writer
              + "], got ["
              + lowest
              + "]");
    }
    if (lowest > VERSION) {
      throw new IllegalArgumentException(
          "["
              + message
              + "] comes from a node whose plugin [semantic-hash] has wire version ["
              + writer
              + "] and needs wire version ["
              + lowest
              + "], but the plugin of this node has wire version ["
              + VERSION
              + "]: install the same version of the plugin on all nodes, and use what is new in it"
              + " only then");
    }
    BytesReference body = body(in, message);
    StreamInput fields = body.streamInput();
    fields.setTransportVersion(in.getTransportVersion());
    NamedWriteableRegistry registry = in.namedWriteableRegistry();
    return new Frame(message, fields, registry == null ? NONE : registry);
  }

  /** Where a stream is in memory already, its body is a part of it and no copy. */
  private static BytesReference body(StreamInput in, String message) throws IOException {
    BytesReference body;
    int before = in.available();
    try {
      body = in.readSlicedBytesReference();
    } catch (EOFException | RuntimeException e) {
      throw new IOException("[" + message + "] is damaged: it is shorter than it says", e);
    }
    // Not all streams check that a part of their array ends where they end.
    boolean isPart = body.hasArray() && body.arrayOffset() > 0;
    int length = body.length();
    long header = before - in.available() - (long) length;
    if (length < 0 || (isPart && header < vIntLength(length))) {
      throw new IOException("[" + message + "] is damaged: it is shorter than it says");
    }
    return body;
  }

  /** The bytes that a length takes in front of a body, 7 bits in each. */
  private static int vIntLength(int length) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 6) / 7);
  }

  /**
   * Reads what is a frame of its own. A class whose constructor for its own body takes a frame must
   * be read so within its file: {@code new} would take that constructor.
   */
  public <T> T read(Writeable.Reader<T> reader) throws IOException {
    return reader.read(this);
  }

  // A part of an array, which a body may be, is not read with a check of its end: a field that is
  // not there would be what follows the message.

  @Override
  public byte readByte() throws IOException {
    ensureCanReadBytes(Byte.BYTES);
    return super.readByte();
  }

  @Override
  public void readBytes(byte[] bytes, int offset, int length) throws IOException {
    ensureCanReadBytes(length);
    super.readBytes(bytes, offset, length);
  }

  @Override
  public short readShort() throws IOException {
    ensureCanReadBytes(Short.BYTES);
    return super.readShort();
  }

  @Override
  public int readInt() throws IOException {
    ensureCanReadBytes(Integer.BYTES);
    return super.readInt();
  }

  @Override
  public long readLong() throws IOException {
    ensureCanReadBytes(Long.BYTES);
    return super.readLong();
  }

  @Override
  public int readVInt() throws IOException {
    return within(super.readVInt());
  }

  @Override
  public long readVLong() throws IOException {
    return within(super.readVLong());
  }

  @Override
  public String readString() throws IOException {
    return within(super.readString());
  }

  private <T> T within(T read) throws IOException {
    if (available() < 0) {
      throw new EOFException("[" + message + "] ends before all of its fields");
    }
    return read;
  }

  /** Whether there are fields that have not been read. */
  public boolean hasMore() throws IOException {
    return available() > 0;
  }

  /**
   * Reads a field that older versions do not write.
   *
   * @param absent what it is when it is not there
   */
  public <T> T readOr(T absent, Writeable.Reader<? extends T> reader) throws IOException {
    return hasMore() ? reader.read(this) : absent;
  }

  /**
   * Reads a value of an enumeration that newer versions may have added to.
   *
   * @param unknown what it is when this version does not know it
   */
  public <E extends Enum<E>> E readEnumOr(E unknown) throws IOException {
    E[] known = unknown.getDeclaringClass().getEnumConstants();
    int ordinal = readVInt();
    return ordinal >= 0 && ordinal < known.length ? known[ordinal] : unknown;
  }
}
