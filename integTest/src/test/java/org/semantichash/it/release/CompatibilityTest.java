// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page, the build, the workflow and the container name the same versions. */
class CompatibilityTest {

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([\\d.]+) \\|.*\\| (tested|compiles) \\|$");

  private static String page;
  private static String pom;

  /** [tested] or [compiles] by version of Elasticsearch. */
  private static Map<String, String> versions;

  @BeforeAll
  static void read() throws IOException {
    page = file("plugin/docs/compatibility.md");
    pom = file("pom.xml");
    versions =
        file(".ci/elasticsearch-versions")
            .lines()
            .filter(line -> line.startsWith("#") == false)
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> a, TreeMap::new));
    assertTrue(versions.size() > 1, versions.toString());
  }

  private static String file(String name) throws IOException {
    return Files.readString(Path.of("..").resolve(name));
  }

  /** The text of the first group of a pattern, wherever it matches. */
  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String property(String name) {
    return all(pom, "<" + name + ">([^<]+)</").getFirst();
  }

  /** Of the profile for this version of Elasticsearch, if it has one. */
  private static String lucene(String elasticsearch) {
    int profile = pom.indexOf("<value>" + elasticsearch + "</value>");
    String version = "<lucene.version>([^<]+)</";
    return all(profile < 0 ? pom : pom.substring(profile), version).getFirst();
  }

  private static String constant(String file, String name) throws IOException {
    return all(file(file), "static final int " + name + " = (\\d+);").getFirst();
  }

  @Test
  void thePageHasARowForEachVersionThatGetsAZip() {
    Map<String, String> rows = new TreeMap<>();
    for (MatchResult row : ROW.matcher(page).results().toList()) {
      rows.put(row.group(1), row.group(3));
      assertEquals(lucene(row.group(1)), row.group(2), row.group());
    }
    assertEquals(versions, rows);
  }

  @Test
  void theFirstVersionIsTheOneThatIsBuilt() throws IOException {
    String first = all(file(".ci/elasticsearch-versions"), "(?m)^(\\d\\S+) tested$").getFirst();
    assertEquals(property("elasticsearch.version"), first);
  }

  @Test
  void theWorkflowTestsThoseThatAreTested() throws IOException {
    String matrix =
        all(file(".github/workflows/build.yml"), "elasticsearch: \\[(.*)\\]").getFirst();
    Map<String, String> tested = new TreeMap<>(versions);
    tested.values().removeIf(state -> state.equals("tested") == false);
    assertEquals(tested.keySet(), new TreeSet<>(all(matrix, "\"([^\"]+)\"")));
  }

  @Test
  void theContainerIsOfTheVersionThatIsBuilt() throws IOException {
    String server = property("elasticsearch.version");
    String version = all(pom, "<version>([^<]+)</").getFirst();
    String container = file("plugin/docker/Dockerfile");
    assertEquals(List.of(server), all(container, "elasticsearch/elasticsearch:(\\S+)"));
    assertEquals(
        List.of("semantic-hash-" + version + "-es" + server + "-linux.zip"),
        all(container, "/(semantic-hash-[^/]*\\.zip)"));
    assertEquals(4, container.lines().count());
  }

  @Test
  void thePageNamesTheVersionsOfMessagesAndModelFiles() throws IOException {
    String version = all(pom, "<version>([^<]+)</").getFirst();
    String wire =
        constant("plugin/src/main/java/org/semantichash/plugin/wire/Frame.java", "VERSION");
    assertTrue(page.contains("| " + version + " | " + wire + " | "), page);
    String format = constant("src/main/java/org/semantichash/encoder/ModelFormat.java", "VERSION");
    List<String> formats = all(page, "(?m)^\\| (\\d+) \\| (?:floats|integers) \\|");
    assertEquals(format, formats.getLast());
  }
}
