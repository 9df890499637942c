// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The folder of a release, which only the profile [release] makes. */
@EnabledIfSystemProperty(named = "semantichash.release", matches = ".+")
class ReleaseIT {

  private static final Set<String> MODULES = Set.of("core", "trainer", "plugin");
  private static final String STEM = "semantic-hash-";

  private static Path folder;
  private static String version;
  private static Set<String> names;

  @BeforeAll
  static void list() throws IOException {
    folder = Path.of(System.getProperty("semantichash.release"));
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    }
    String jar = STEM + "core-(.*)-sources\\.jar";
    version =
        names.stream()
            .filter(name -> name.matches(jar))
            .map(name -> name.replaceFirst(jar, "$1"))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void everythingThatIsDownloadedIsThereAndNothingElse() {
    Set<String> expected = new TreeSet<>(List.of(ReleaseFolder.NOTES, ReleaseFolder.DIGESTS));
    for (String module : MODULES) {
      for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", ".cdx.json")) {
        expected.add(STEM + module + "-" + version + end);
      }
    }
    for (String end : List.of(".zip", ".tar.gz")) {
      expected.add(STEM + "command-line-" + version + end);
    }
    for (String server : servers()) {
      for (String flavour : List.of("", "-linux", "-no-natives")) {
        expected.add(STEM + version + "-es" + server + flavour + ".zip");
      }
    }
    assertEquals(expected, names);
  }

  /** The versions of Elasticsearch for which there is a zip. */
  private static Set<String> servers() {
    String zip = STEM + version + "-es([0-9.]+)\\.zip";
    Set<String> servers = new TreeSet<>();
    names.stream()
        .filter(name -> name.matches(zip))
        .forEach(name -> servers.add(name.replaceFirst(zip, "$1")));
    assertTrue(servers.isEmpty() == false, names.toString());
    return servers;
  }

  @Test
  void digestsAreThoseOfTheFiles() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(ReleaseFolder.DIGESTS));
    assertEquals(names.size() - 1, lines.size());
    for (String line : lines) {
      String[] parts = line.split("  ", 2);
      assertEquals(ReleaseFolder.sha512(folder.resolve(parts[1])), parts[0], parts[1]);
    }
  }

  @Test
  void notesNameEveryDownload() throws IOException {
    String notes = Files.readString(folder.resolve(ReleaseFolder.NOTES));
    for (String name : names) {
      if (name.equals(ReleaseFolder.NOTES) == false) {
        assertTrue(notes.contains("`" + name + "`"), name);
      }
    }
    assertTrue(notes.contains("### Plugin\n"), notes);
  }

  /** What the bill of materials names is what is in the artefact. */
  @Test
  void billsOfMaterialsNameTheJars() throws IOException {
    for (Artifact artifact : Artifact.ofBuild()) {
      String module =
          artifact.files().containsKey("plugin-descriptor.properties") ? "plugin" : "trainer";
      Set<String> expected = new TreeSet<>();
      artifact.files().keySet().stream()
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.substring(name.lastIndexOf('/') + 1))
          .forEach(name -> expected.add(name.replaceFirst("(-classes)?\\.jar$", "")));
      expected.remove(STEM + module + "-" + version);
      Set<String> named = new TreeSet<>();
      for (JsonNode component : bill(module).path("components")) {
        assertTrue(
            component.path("licenses").size() > 0 || isOurs(component), component.toString());
        assertTrue(component.path("hashes").size() > 0, component.toString());
        named.add(component.path("name").asText() + "-" + component.path("version").asText());
      }
      assertEquals(expected, named, artifact.toString());
    }
  }

  private static boolean isOurs(JsonNode component) {
    return component.path("group").asText().equals("org.semantichash");
  }

  private static JsonNode bill(String module) throws IOException {
    String name = STEM + module + "-" + version + ".cdx.json";
    JsonNode bill = new ObjectMapper().readTree(Files.readString(folder.resolve(name)));
    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    return bill;
  }

  @Test
  void sourcesAndJavadocAreOfEveryClass() throws IOException {
    for (String module : MODULES) {
      String jar = STEM + module + "-" + version;
      Set<String> sources = entries(jar + "-sources.jar");
      Set<String> pages = entries(jar + "-javadoc.jar");
      assertTrue(pages.contains("index.html"), module);
      for (String name : entries(jar + ".jar")) {
        if (name.endsWith(".class") && name.contains("$") == false) {
          String stem = name.substring(0, name.length() - ".class".length());
          assertTrue(sources.contains(stem + ".java"), stem);
        }
      }
      assertTrue(pages.stream().filter(page -> page.endsWith("package-summary.html")).count() > 5);
    }
  }

  private static Set<String> entries(String jar) throws IOException {
    Set<String> names = new TreeSet<>();
    Artifact.entries(folder.resolve(jar)).forEach(entry -> names.add(entry.name()));
    return names;
  }

  /** What Maven Central demands of each POM; a module has the rest from the parent. */
  @Test
  void pomsSayWhatMavenCentralDemands() throws IOException {
    String parent = Files.readString(Path.of("../pom.xml"));
    for (String element : List.of("url", "licenses", "developers", "scm", "description", "name")) {
      assertTrue(parent.contains("\n  <" + element), element);
    }
    for (String module : MODULES) {
      String jar = STEM + module;
      String name = "META-INF/maven/org.semantichash/" + jar + "/pom.xml";
      String pom =
          Artifact.entries(folder.resolve(jar + "-" + version + ".jar")).stream()
              .filter(entry -> entry.name().equals(name))
              .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
              .findFirst()
              .orElseThrow();
      assertTrue(pom.contains("\n  <name>") && pom.contains("\n  <description>"), pom);
    }
  }
}
