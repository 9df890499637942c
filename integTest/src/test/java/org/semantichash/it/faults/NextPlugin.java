// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * The plugin as its next version could be: every class that is sent between nodes has one field
 * more, and the wire version is one higher. It is compiled from the sources of this version, into
 * which the lines for that field are put, as somebody who adds a field would write them.
 *
 * @param path of its jar
 * @param messages how many classes have the new field
 */
record NextPlugin(Path path, int messages) {

  /** What a node says in its log when a message came with the new field, or without it. */
  static final String WITH = "came with [next]";

  static final String WITHOUT = "came with [absent]";

  private static final Path SOURCES = Path.of("../plugin/src/main/java");

  private static final Pattern WRITE =
      Pattern.compile(
          "(Frame\\.write\\(\\s*out,(?:[^;{]*,)?\\s*body -> \\{.*?)(\\n *\\}\\);)", Pattern.DOTALL);

  /** A constructor that reads a message, from its first line to its last brace. */
  private static final Pattern READ =
      Pattern.compile(
          "(?<=\\n)(?<indent> +)(?<body>(?:public |private )?\\w+"
              + "\\((?:Frame body|StreamInput in[^)]*)\\) throws IOException \\{\\n"
              + "(?:(?!\\n\\k<indent>\\}).)*)\\n\\k<indent>\\}",
          Pattern.DOTALL);

  private static final String FIELD =
      """
      package org.semantichash.plugin.wire;

      public final class NextField {
        private static final java.util.Set<String> SEEN =
            java.util.concurrent.ConcurrentHashMap.newKeySet();

        public static void read(Frame body, String message) throws java.io.IOException {
          String field =
              body.readOr("absent", org.elasticsearch.common.io.stream.StreamInput::readString);
          if (field.equals("next") == false && field.equals("absent") == false) {
            throw new java.io.IOException("[" + message + "] is not in step: [" + field + "]");
          }
          if (SEEN.add(message + field)) {
            org.apache.logging.log4j.LogManager.getLogger(NextField.class)
                .info("message [{}] came with [{}]", message, field);
          }
        }
      }
      """;

  /**
   * Makes its jar.
   *
   * @param plugin the jar of this version
   * @param libraries what it is compiled against, all jars in these folders
   * @param work where it is made
   */
  static NextPlugin make(Path plugin, List<Path> libraries, Path work) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SOURCES)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
        String changed = changed(Files.readString(file), file.getFileName().toString());
        if (changed != null) {
          sources.put(SOURCES.relativize(file).toString(), changed);
        }
      }
    }
    int messages = sources.size();
    String frame = "org/semantichash/plugin/wire/Frame.java";
    String old = Files.readString(SOURCES.resolve(frame));
    sources.put(frame, old.replaceFirst("int VERSION = \\d+;", "int VERSION = 1000;"));
    sources.put("org/semantichash/plugin/wire/NextField.java", FIELD);
    Path classes = compile(sources, libraries, work);
    Path jar = work.resolve("next.jar");
    repack(plugin, classes, jar);
    return new NextPlugin(jar, messages);
  }

  /** The source with the new field, or null when it is of no message. */
  private static String changed(String source, String name) {
    if (source.contains("import org.semantichash.plugin.wire.Frame;") == false) {
      return null;
    }
    Matcher write = WRITE.matcher(source);
    long writes = write.results().count();
    String written = write.replaceAll("$1\n            body.writeString(\"next\");$2");
    long[] reads = new long[1];
    String read =
        READ.matcher(written)
            .replaceAll(
                found -> {
                  if (found.group().contains("Frame body") == false) {
                    return Matcher.quoteReplacement(found.group());
                  }
                  reads[0]++;
                  String field =
                      "\n    org.semantichash.plugin.wire.NextField.read(body, \""
                          + name
                          + "\");\n";
                  String indent = found.group(1);
                  return Matcher.quoteReplacement(indent + found.group(2) + field + indent + "}");
                });
    // In another form: it stays as it is, which may be, too.
    return writes == reads[0] && writes > 0 ? read : null;
  }

  private static Path compile(Map<String, String> sources, List<Path> libraries, Path work)
      throws IOException {
    Path from = work.resolve("sources");
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("--release", "21", "-nowarn", "-proc:none", "-Xmaxerrs", "5"));
    List<String> path = new ArrayList<>();
    for (Path folder : libraries) {
      try (Stream<Path> jars = Files.list(folder)) {
        jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).forEach(path::add);
      }
    }
    arguments.addAll(List.of("-cp", String.join(":", path), "-d", classes.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = from.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, out, out, arguments.toArray(String[]::new));
    if (status != 0) {
      String errors = out.toString(StandardCharsets.UTF_8);
      throw new IllegalStateException("the next version cannot be compiled: " + errors);
    }
    return classes;
  }

  /** The jar with the new classes instead of the old ones. */
  private static void repack(Path old, Path classes, Path jar) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(old));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      Map<String, Path> compiled = new TreeMap<>();
      all.filter(Files::isRegularFile)
          .forEach(file -> compiled.put(classes.relativize(file).toString(), file));
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (compiled.containsKey(entry.getName()) == false) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(out);
        }
      }
      for (Map.Entry<String, Path> file : compiled.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        Files.copy(file.getValue(), out);
      }
    }
  }
}
