// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.wire;

import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.InputStreamStreamInput;
import org.elasticsearch.common.io.stream.NamedWriteableAwareStreamInput;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.MatchAllQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.test.ESTestCase;
import org.semantichash.plugin.server.ServerTests;

public class FrameTests extends ESTestCase {

  private static final int NEXT = Frame.VERSION + 1;

  /** A message of this version, with another one in it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by sameAs
  private record Message(String text, long[] words, List<Message> inner) implements Writeable {

    Message(StreamInput in) throws IOException {
      this(Frame.open(in, "message"));
    }

    private Message(Frame body) throws IOException {
      this(
          body.readOptionalString(), body.readLongArray(), body.readCollectionAsList(Message::new));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeOptionalString(text);
            body.writeLongArray(words);
            body.writeCollection(inner);
          });
    }

    static Message random(int depth) {
      return new Message(
          randomBoolean() ? null : randomUnicodeOfLengthBetween(0, 300),
          randomLongs().limit(between(0, 100)).toArray(),
          depth == 0 ? List.of() : randomList(0, 4, () -> random(depth - 1)));
    }

    boolean sameAs(Message other) {
      return Objects.equals(text, other.text)
          && Arrays.equals(words, other.words)
          && inner.size() == other.inner.size()
          && IntStream.range(0, inner.size())
              .allMatch(i -> inner.get(i).sameAs(other.inner.get(i)));
    }
  }

  /** A message as a plugin of another version writes it. */
  private static BytesReference message(int writer, int lowest, Writeable body) throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput();
        BytesStreamOutput fields = new BytesStreamOutput()) {
      body.writeTo(fields);
      out.writeVInt(writer);
      out.writeVInt(lowest);
      out.writeBytesReference(fields.bytes());
      return out.bytes();
    }
  }

  private static StreamInput stream(BytesReference bytes) throws IOException {
    return switch (between(0, 2)) {
      case 0 -> bytes.streamInput();
      case 1 -> StreamInput.wrap(BytesReference.toBytes(bytes));
      default -> new InputStreamStreamInput(bytes.streamInput(), bytes.length());
    };
  }

  public void testMessagesAreReadOneAfterTheOther() throws IOException {
    List<Message> written = randomList(1, 5, () -> Message.random(between(0, 4)));
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      for (Message message : written) {
        message.writeTo(out);
      }
      StreamInput in = stream(out.bytes());
      for (Message message : written) {
        assertTrue(message.sameAs(new Message(in)));
      }
      assertThat(in.read(), equalTo(-1));
    }
  }

  public void testFieldsOfNewerVersionsAreLeftUnread() throws IOException {
    String known = randomAlphaOfLength(5);
    BytesReference newer =
        message(
            NEXT,
            between(1, Frame.VERSION),
            body -> {
              body.writeString(known);
              body.writeOptionalVInt(7);
              body.writeString("new");
            });
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      newer.writeTo(out);
      out.writeString("behind");
      StreamInput in = stream(out.bytes());
      Frame body = Frame.open(in, "message");
      assertThat(body.readString(), equalTo(known));
      assertThat(in.readString(), equalTo("behind"));
    }
  }

  public void testFieldsThatOlderVersionsDoNotWriteTakeTheirDefaults() throws IOException {
    BytesReference older = message(1, 1, body -> body.writeString("known"));
    Frame body = Frame.open(stream(older), "message");
    assertTrue(body.hasMore());
    assertThat(body.readString(), equalTo("known"));
    assertFalse(body.hasMore());
    assertThat(body.readOr(3, StreamInput::readVInt), equalTo(3));
    assertThat(body.readOr(null, StreamInput::readOptionalString), nullValue());
    BytesReference newer = message(1, 1, out -> out.writeVInt(8));
    assertThat(Frame.open(stream(newer), "m").readOr(3, StreamInput::readVInt), equalTo(8));
  }

  public void testUnknownValuesOfAnEnumeration() throws IOException {
    BytesReference newer = message(NEXT, 1, body -> body.writeVInt(99));
    Thread.State unknown = randomFrom(Thread.State.values());
    assertThat(Frame.open(stream(newer), "m").readEnumOr(unknown), equalTo(unknown));
    Thread.State one = randomFrom(Thread.State.values());
    BytesReference known = message(1, 1, body -> body.writeEnum(one));
    assertThat(Frame.open(stream(known), "m").readEnumOr(unknown), equalTo(one));
  }

  public void testMessagesThatMustNotBeHalfUnderstoodAreRefused() throws IOException {
    BytesReference tooNew = message(NEXT + 1, NEXT, body -> body.writeString("known"));
    IllegalArgumentException e =
        expectThrows(IllegalArgumentException.class, () -> Frame.open(stream(tooNew), "hamming"));
    assertThat(
        e.getMessage(),
        equalTo(
            "[hamming] comes from a node whose plugin [semantic-hash] has wire version ["
                + (NEXT + 1)
                + "] and needs wire version ["
                + NEXT
                + "], but the plugin of this node has wire version ["
                + Frame.VERSION
                + "]: install the same version of the plugin on all nodes, and use what is new in"
                + " it only then"));
  }

  public void testDamagedMessagesAreRefused() throws IOException {
    for (int lowest : new int[] {0, -1, NEXT + 1}) {
      BytesReference damaged = message(NEXT, lowest, body -> {});
      Exception e = expectThrows(IOException.class, () -> Frame.open(stream(damaged), "hamming"));
      assertThat(e.getMessage(), containsString("[hamming] is damaged: its lowest wire version"));
    }
    BytesReference good = message(1, 1, body -> body.writeString("0123456789"));
    for (int end = 3; end < good.length(); end++) {
      BytesReference cut = good.slice(0, end);
      expectThrows(IOException.class, () -> Frame.open(stream(cut), "hamming"));
    }
    for (int length : new int[] {-1, Integer.MIN_VALUE, 12, 1000, Integer.MAX_VALUE}) {
      try (BytesStreamOutput out = new BytesStreamOutput()) {
        out.writeVInt(1);
        out.writeVInt(1);
        out.writeVInt(length);
        out.writeString("0123456789");
        BytesReference damaged = out.bytes();
        Exception e =
            expectThrows(IOException.class, () -> Frame.open(damaged.streamInput(), "hamming"));
        assertThat(e.getMessage(), equalTo("[hamming] is damaged: it is shorter than it says"));
      }
    }
  }

  /** A field that is not there is not read from what follows, whatever it is. */
  public void testABodyIsNotReadBeyondItsEnd() throws IOException {
    List<Writeable.Reader<?>> fields =
        List.of(
            StreamInput::readByte,
            StreamInput::readShort,
            StreamInput::readInt,
            StreamInput::readLong,
            StreamInput::readVInt,
            StreamInput::readVLong,
            StreamInput::readString,
            StreamInput::readOptionalString,
            StreamInput::readDouble,
            StreamInput::readByteArray,
            StreamInput::readLongArray,
            in -> Frame.open(in, "inner"));
    BytesReference one = message(1, 1, body -> body.writeByte((byte) 5));
    byte[] bytes = Arrays.copyOf(BytesReference.toBytes(one), one.length() + 100);
    for (Writeable.Reader<?> field : fields) {
      Frame body = Frame.open(stream(new BytesArray(bytes)), "message");
      assertThat(body.readByte(), equalTo((byte) 5));
      expectThrows(EOFException.class, () -> field.read(body));
    }
  }

  public void testBodiesHaveWhatTheStreamAroundThemHas() throws IOException {
    TransportVersion version = ServerTests.randomCompatibleVersion();
    List<TransportVersion> seen = new ArrayList<>();
    MatchAllQueryBuilder query = new MatchAllQueryBuilder().boost(randomFloat());
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      out.setTransportVersion(version);
      Frame.write(
          out,
          body -> {
            seen.add(body.getTransportVersion());
            Frame.write(body, inner -> inner.writeNamedWriteable(query));
          });
      assertThat(seen, equalTo(List.of(version, version)));
      NamedWriteableRegistry registry =
          new NamedWriteableRegistry(
              List.of(
                  new NamedWriteableRegistry.Entry(
                      QueryBuilder.class, MatchAllQueryBuilder.NAME, MatchAllQueryBuilder::new)));
      StreamInput in = new NamedWriteableAwareStreamInput(stream(out.bytes()), registry);
      in.setTransportVersion(version);
      Frame inner = Frame.open(Frame.open(in, "message"), "inner");
      assertThat(inner.getTransportVersion(), equalTo(version));
      assertThat(inner.readNamedWriteable(QueryBuilder.class), equalTo(query));
    }
  }

  public void testBodiesAreNotCopied() throws IOException {
    byte[] large = randomByteArrayOfLength(100_000);
    List<byte[]> written = new ArrayList<>();
    try (BytesStreamOutput out =
        new BytesStreamOutput() {
          @Override
          public void writeBytes(byte[] bytes, int offset, int length) {
            written.add(bytes);
            super.writeBytes(bytes, offset, length);
          }
        }) {
      Frame.write(out, body -> Frame.write(body, inner -> inner.writeByteArray(large)));
      assertThat(
          written.stream().filter(bytes -> bytes.length >= large.length).toArray(),
          arrayWithSize(1));
      assertSame(large, written.getLast());
    }
  }

  public void testAMessageMustNotChangeWhileItIsWritten() throws IOException {
    int[] times = new int[1];
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      Exception e =
          expectThrows(
              IllegalStateException.class,
              () -> Frame.write(out, body -> body.writeByteArray(new byte[times[0]++])));
      assertThat(e.getMessage(), containsString("had [1] bytes and then [2]"));
    }
  }
}
