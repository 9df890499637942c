// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many files the modules have, and how many a reader opens to follow a request. Needs nothing
 * but a JDK, in the root of a checkout: {@code java
 * integTest/src/test/java/org/semantichash/it/SourceFiles.java}; with {@code --write} it puts the
 * table into CONTRIBUTING.md.
 */
public final class SourceFiles {

  private static final List<String> MODULES =
      List.of("src", "trainer/src", "plugin/src", "integTest/src", "integTest/benchmarks/src");
  private static final String PATHS =
      "integTest/src/test/resources/org/semantichash/it/paths.properties";
  private static final String OPEN = "<!-- files -->\n";
  private static final String CLOSE = "<!-- /files -->";

  private final Path repository;

  SourceFiles(Path repository) {
    this.repository = repository;
  }

  /** Argument: [--write], or nothing to print the table. */
  public static void main(String[] args) throws IOException {
    SourceFiles files = new SourceFiles(Path.of(""));
    System.out.print(files.table());
    if (List.of(args).contains("--write")) {
      String page = files.page();
      int from = page.indexOf(OPEN) + OPEN.length();
      Files.writeString(
          Path.of("CONTRIBUTING.md"),
          page.substring(0, from) + files.table() + page.substring(page.indexOf(CLOSE)));
    }
  }

  String page() throws IOException {
    return Files.readString(repository.resolve("CONTRIBUTING.md"));
  }

  String table() throws IOException {
    StringBuilder table = new StringBuilder("\n| files | |\n|---|---:|\n");
    for (String module : MODULES) {
      table.append("| `").append(module).append("/main` | ");
      table.append(main(module).size()).append(" |\n");
    }
    paths()
        .forEach(
            (path, classes) ->
                table
                    .append("| a reader opens: ")
                    .append(path)
                    .append(" | ")
                    .append(classes.size())
                    .append(" |\n"));
    return table.append('\n').toString();
  }

  /** The main files of a module, as packages and classes with dots: those for all versions too. */
  private List<String> main(String module) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> roots =
        Files.newDirectoryStream(repository.resolve(module).resolve("main"), "java*")) {
      for (Path root : roots) {
        try (Stream<Path> files = Files.walk(root)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(file -> root.relativize(file).toString().replace('/', '.').replace(".java", ""))
              .forEach(names::add);
        }
      }
    }
    return names;
  }

  /** The main classes of all modules by their simple names. */
  Map<String, List<String>> classes() throws IOException {
    Map<String, List<String>> classes = new TreeMap<>();
    for (String module : MODULES) {
      for (String name : main(module)) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        classes.computeIfAbsent(simple, key -> new ArrayList<>()).add(name);
      }
    }
    return classes;
  }

  /** The classes that a reader opens, in their order, by the path. */
  Map<String, List<String>> paths() throws IOException {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (String line : Files.readAllLines(repository.resolve(PATHS))) {
      if (line.isBlank() == false && line.startsWith("#") == false) {
        int equals = line.indexOf('=');
        paths.put(
            line.substring(0, equals).strip(),
            List.of(line.substring(equals + 1).strip().split(" +")));
      }
    }
    return paths;
  }
}
