// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.wire;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.OriginalIndices;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodeUtils;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.NamedWriteableAwareStreamInput;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.core.SuppressForbidden;
import org.elasticsearch.index.query.MatchAllQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.search.internal.ShardSearchContextId;
import org.elasticsearch.test.ESTestCase;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.hash.CodeForm;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy.KeepRule;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.memory.NodeColumns;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelStats.ModelCount;
import org.semantichash.search.columns.ColumnCache;

/**
 * Every message of the plugin as each release wrote it is read by all later ones. The bytes lie in
 * {@code src/test/resources}, one file for each class and one folder for each wire version; those
 * of a release never change. {@code -Dwire.write=true} writes the files of the current version,
 * which is done once, at its release.
 */
public class ReleasedMessagesTests extends ESTestCase {

  private static final String RESOURCES = "org/semantichash/plugin/wire/";
  private static final int NEXT = Frame.VERSION + 1;

  /** Never sent to another node: {@code writeTo} refuses. */
  private static final Set<String> LOCAL =
      Set.of(
          "JsonResponse",
          "DuplicatesRequest",
          "LocalRequest",
          "NodesRequest",
          "NodesModelStats",
          "PageRequest",
          "ResultRequest");

  private static final DiscoveryNode NODE =
      DiscoveryNodeUtils.builder("id")
          .name("name")
          .ephemeralId("ephemeral")
          .address(new TransportAddress(InetAddress.getLoopbackAddress(), 9300))
          .build();

  private static final NamedWriteableRegistry REGISTRY =
      new NamedWriteableRegistry(
          List.of(
              new NamedWriteableRegistry.Entry(
                  QueryBuilder.class, MatchAllQueryBuilder.NAME, MatchAllQueryBuilder::new)));

  private final Map<String, Class<?>> messages = messages();
  private final Map<String, Object> examples = new TreeMap<>();

  /** The classes that are sent, by their simple names. */
  private static Map<String, Class<?>> messages() {
    Map<String, Class<?>> found = new TreeMap<>();
    try {
      Path root = Path.of(Frame.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root.resolve("org/semantichash/plugin"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
          String name = root.relativize(file).toString().replace('/', '.');
          if (name.endsWith("-info.class")) {
            continue;
          }
          Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
          if (Writeable.class.isAssignableFrom(type)
              && Throwable.class.isAssignableFrom(type) == false
              && Modifier.isAbstract(type.getModifiers()) == false) {
            found.put(type.getSimpleName(), type);
          }
        }
      }
    } catch (URISyntaxException | IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    LOCAL.forEach(found::remove);
    return found;
  }

  @Override
  public void setUp() throws Exception {
    super.setUp();
    Object document = example("Document", "news", "1", 3);
    Object group = example("ReportedGroup", 3, true, List.of(document, document));
    example("ReportedGroups", 2, 5, 1, List.of(group));
    Object shard =
        example("ShardDocuments", "news", 16, "0123456789abcdef", new String[] {"1"}, new byte[2]);
    Object options =
        example(
            "NearDuplicatesOptions",
            "code",
            3,
            new Grouping(Grouping.Linkage.SINGLE, 2, 9),
            10,
            99,
            true);
    Object leftOut =
        make(
            Class.forName("org.semantichash.plugin.duplicates.agg.InternalNearDuplicates$LeftOut"),
            7L,
            8L,
            Map.of("news", "why"));
    example("InternalNearDuplicates", "groups", Map.of("a", 1), options, leftOut, List.of(shard));
    EmptyCode.Lookup lookup = (model, digest, bits, listener) -> {};
    example("NearDuplicatesAggregationBuilder", "groups", options, lookup);
    Object like = example("LikeDocument", "news", "42", "routing");
    Object target = example("QuerySource", null, like, null, null);
    Object hamming = example("HammingOptions", "model", 12, 100, true);
    example("HammingQueryBuilder", "code", target, hamming, queryServices());
    example("StampedDocValueFormat", "0123456789abcdef");
    example("CodeDocValueFormat", CodeForm.BASE64, 64);
    Object loaded = example("Loaded", "0a".repeat(32), "cluster", "java", 2, 1L << 40);
    Map<ModelCount, Long> counts = new TreeMap<>();
    Arrays.stream(ModelCount.values()).forEach(count -> counts.put(count, 0L));
    counts.put(ModelCount.TEXTS, 5L);
    Object stats = example("ModelStats", "news", loaded, counts, 8L, 9L, new long[] {1, 2, 300});
    Object patterns =
        make(Class.forName("org.semantichash.plugin.api.NamePatterns"), List.of("a*", "b"));
    example("NodeRequest", patterns);
    Object libraries =
        make(
            Class.forName("org.semantichash.plugin.models.NativeLibraries"),
            Path.of("none"),
            "linux-x64");
    example(
        "NodeModelStats",
        NODE,
        List.of(stats),
        libraries,
        new ColumnCache.Statistics(1, 2, 3, 4, 5, 6, 7));
    examples.put(
        "DuplicatesStatus",
        new DuplicatesStatus(DuplicatesStatus.Phase.JOINING, 0.25, 1L << 33, 17, 4));
    EmptyCode empty = new EmptyCode("00ff", null);
    examples.put("EmptyCode", empty);
    KeepPolicy keep = new KeepPolicy(KeepRule.NEWEST, "date");
    examples.put("KeepPolicy", keep);
    OriginalIndices indices =
        new OriginalIndices(new String[] {"news"}, IndicesOptions.strictExpandOpen());
    Object reader =
        example(
            "ShardReader",
            new ShardId("news", "uuid", 2),
            "node",
            new ShardSearchContextId("session", 7),
            indices);
    Object batch =
        example("CodeBatch", new long[] {1, -1}, new int[] {3, 400}, 500, 600, 7, new int[] {1});
    Object fields = example("ShardFields", 64, "0123456789abcdef", "date", "news", true);
    Object wanted =
        example(
            "CodesQuery",
            "code",
            new MatchAllQueryBuilder().boost(2),
            keep,
            1L << 40,
            empty,
            "body",
            new MatchAllQueryBuilder().boost(3));
    example("CodesRequest", reader, wanted, 10, 100);
    example("CodesResponse", fields, batch);
    example("MembersRequest", reader, new int[] {1, 200}, keep, true);
    Object versions = example("MemberVersions", new long[] {1L << 40, -2}, new long[] {1, 0});
    Object members =
        example("MembersResponse", new String[] {"1", "2"}, new long[] {3, -4}, versions);
    example("TextsRequest", reader, new int[] {1, 200}, keep, "body", 3, true);
    ShingledText text = new ShingledText(1, -2, 3, new long[] {-5, 6}, new int[] {1, 2});
    example("TextsResponse", members, Arrays.asList(text, null));
  }

  private static Object queryServices() throws ReflectiveOperationException {
    Supplier<ModelCache> noModels = () -> null;
    Class<?> type =
        Class.forName("org.semantichash.plugin.query.HammingQueryBuilder$QueryServices");
    return make(type, noModels, new NodeColumns());
  }

  private Object example(String name, Object... arguments) {
    Class<?> type = messages.get(name);
    if (type == null) {
      throw new AssertionError("no class [" + name + "] is sent, only " + messages.keySet());
    }
    Object example = make(type, arguments);
    examples.put(name, example);
    return example;
  }

  /** Calls the constructor that takes these arguments, whoever may call it. */
  @SuppressForbidden(reason = "a message's constructor need not be for everybody")
  private static Object make(Class<?> type, Object... arguments) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] types = constructor.getParameterTypes();
      if (types.length == arguments.length
          && (types.length == 0 || StreamInput.class.isAssignableFrom(types[0]) == false)) {
        try {
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        } catch (IllegalArgumentException e) {
          // another one of so many
        } catch (InvocationTargetException e) {
          throw new AssertionError("[" + type + "] refuses its example", e.getCause());
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("[" + type + "]", e);
        }
      }
    }
    throw new AssertionError("[" + type + "] takes no " + Arrays.toString(arguments));
  }

  private Object read(String name, byte[] bytes, TransportVersion version) throws IOException {
    StreamInput in = new NamedWriteableAwareStreamInput(StreamInput.wrap(bytes), REGISTRY);
    in.setTransportVersion(version);
    Object read = read(name, in);
    assertThat(name + " is read to its end", in.available(), equalTo(0));
    return read;
  }

  @SuppressForbidden(reason = "a message's constructor need not be for everybody")
  private Object read(String name, StreamInput in) throws IOException {
    for (Constructor<?> constructor : messages.get(name).getDeclaredConstructors()) {
      Class<?>[] types = constructor.getParameterTypes();
      if (types.length > 0 && types[0] == StreamInput.class) {
        try {
          constructor.setAccessible(true);
          Object services =
              switch (name) {
                case "HammingQueryBuilder" -> queryServices();
                case "NearDuplicatesAggregationBuilder" -> null;
                default -> NODE;
              };
          return types.length == 1
              ? constructor.newInstance(in)
              : constructor.newInstance(in, services);
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof RuntimeException refused) {
            throw refused;
          }
          throw new IOException(name + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(name, e);
        }
      }
    }
    throw new AssertionError("[" + name + "] cannot be read");
  }

  private static byte[] written(Object message, TransportVersion version) throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      out.setTransportVersion(version);
      ((Writeable) message).writeTo(out);
      return BytesReference.toBytes(out.bytes());
    }
  }

  public void testEveryMessageHasAnExample() {
    Set<String> without = new TreeSet<>(messages.keySet());
    without.removeAll(examples.keySet());
    assertThat("sent between nodes, but without an example here", without, equalTo(Set.of()));
  }

  /** What is compared is what would be sent on: that says all that a message says. */
  public void testReleasedMessagesAreRead() throws IOException {
    for (Map.Entry<String, Object> example : examples.entrySet()) {
      String name = example.getKey();
      for (int version = 1; version <= Frame.VERSION; version++) {
        String resource = "v" + version + "/" + name + ".hex";
        if (Boolean.getBoolean("wire.write") && version == Frame.VERSION) {
          write(resource, example.getValue());
        }
        String text = text(resource);
        if (text == null && version < Frame.VERSION) {
          continue; // there was no such message yet
        }
        assertNotNull("no " + resource + ": write it with [-Dwire.write=true]", text);
        List<String> lines = text.lines().toList();
        TransportVersion transport = TransportVersion.fromId(Integer.parseInt(lines.get(0)));
        byte[] released = HexFormat.of().parseHex(String.join("", lines.subList(1, lines.size())));
        Object read = read(name, released, transport);
        assertThat(
            resource,
            HexFormat.of().formatHex(written(read, transport)),
            equalTo(HexFormat.of().formatHex(written(example.getValue(), transport))));
      }
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in =
        ReleasedMessagesTests.class.getResourceAsStream("/" + RESOURCES + resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void write(String resource, Object message) throws IOException {
    TransportVersion version = TransportVersion.current();
    String hex = HexFormat.of().formatHex(written(message, version));
    StringBuilder lines = new StringBuilder(version.id() + "\n");
    for (int from = 0; from < hex.length(); from += 100) {
      lines.append(hex, from, Math.min(hex.length(), from + 100)).append('\n');
    }
    for (String folder : new String[] {"src/test/resources/", targetClasses()}) {
      Path file = Path.of(folder + RESOURCES + resource);
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    }
  }

  /** Where the resources of this run are read from. */
  private static String targetClasses() {
    try {
      var location = ReleasedMessagesTests.class.getProtectionDomain().getCodeSource();
      return Path.of(location.getLocation().toURI()) + "/";
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Each class ends with its frame, so each can have new fields and can be refused. */
  public void testEveryMessageCanHaveNewFields() throws IOException {
    TransportVersion version = TransportVersion.current();
    for (Map.Entry<String, Object> example : examples.entrySet()) {
      String name = example.getKey();
      byte[] bytes = written(example.getValue(), version);
      int frame = frame(name, bytes);
      byte[] newer = withField(bytes, frame, 1);
      Object read = read(name, newer, version);
      assertArrayEquals(name, bytes, written(read, version));
      byte[] tooNew = withField(bytes, frame, NEXT);
      Exception e = expectThrows(IllegalArgumentException.class, () -> read(name, tooNew, version));
      assertThat(e.getMessage(), containsString("needs wire version [" + NEXT + "]"));
    }
  }

  /** Where the last frame begins that ends where the message ends, the outermost one. */
  private static int frame(String name, byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == Frame.VERSION && bytes.length > at + 2) {
        StreamInput in = StreamInput.wrap(bytes, at + 2, bytes.length - at - 2);
        try {
          if (in.readVInt() == in.available()) {
            return at;
          }
        } catch (IOException | RuntimeException e) {
          // no number is there
        }
      }
    }
    throw new AssertionError("[" + name + "] does not end with a frame");
  }

  private static byte[] withField(byte[] bytes, int frame, int lowest) throws IOException {
    StreamInput in = StreamInput.wrap(bytes, frame + 2, bytes.length - frame - 2);
    byte[] body = new byte[in.readVInt()];
    in.readBytes(body, 0, body.length);
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      out.writeBytes(bytes, 0, frame);
      out.writeVInt(NEXT);
      out.writeVInt(lowest);
      out.writeVInt(body.length + 4);
      out.writeBytes(body);
      out.writeBytes(new byte[] {3, 'n', 'e', 'w'});
      return BytesReference.toBytes(out.bytes());
    }
  }
}
