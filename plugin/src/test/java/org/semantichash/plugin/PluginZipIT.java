// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The zip against the licences folder and against the original artifacts, so that neither the
 * licences nor what is shipped can change unnoticed.
 */
class PluginZipIT {

  private static final List<String> OWN_JARS =
      List.of("semantic-hash-core", "semantic-hash-plugin");
  private static final String NATIVE = "ai/onnxruntime/native/";
  private static final List<String> PLATFORMS =
      List.of("linux-aarch64", "linux-x64", "osx-aarch64", "win-x64");

  private static Map<String, byte[]> zip;
  private static Map<String, byte[]> original;
  private static Path originalJar;
  private static Path licenses;

  @BeforeAll
  static void readArchives() throws IOException {
    zip = entries(Files.newInputStream(Path.of(System.getProperty("plugin.zip"))));
    originalJar = Path.of(System.getProperty("onnxruntime.jar"));
    original = entries(Files.newInputStream(originalJar));
    licenses = Path.of(System.getProperty("plugin.licenses"));
  }

  private static Map<String, byte[]> entries(InputStream archive) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(archive)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.isDirectory() == false) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static String onnxRuntimeJar() {
    String name = originalJar.getFileName().toString();
    return name.replace(".jar", "-classes.jar");
  }

  private static String text(String entry) {
    return new String(zip.get(entry), StandardCharsets.UTF_8);
  }

  @Test
  void holdsNothingButThis() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    expected.add("plugin-descriptor.properties");
    expected.add("entitlement-policy.yaml");
    expected.add(onnxRuntimeJar());
    OWN_JARS.forEach(jar -> expected.add(jar + "-" + version() + ".jar"));
    original.keySet().stream()
        .filter(PluginZipIT::isShippedLibrary)
        .forEach(name -> expected.add("native/" + name.substring(NATIVE.length())));
    licenseFiles().forEach(name -> expected.add("licenses/" + name));
    assertEquals(expected, zip.keySet());
  }

  /** A smaller zip holds the same files without some of them. */
  private static void holdsTheSameBut(String name, Predicate<String> missing) throws IOException {
    String full = System.getProperty("plugin.zip");
    Path file = Path.of(full.replace(".zip", "-" + name + ".zip"));
    Map<String, byte[]> smaller = entries(Files.newInputStream(file));
    TreeSet<String> expected = new TreeSet<>(zip.keySet());
    expected.removeIf(missing);
    assertEquals(expected, smaller.keySet());
    smaller.forEach((entry, bytes) -> assertArrayEquals(zip.get(entry), bytes, entry));
  }

  @Test
  void theZipForLinuxHasItsLibrariesOnly() throws IOException {
    holdsTheSameBut(
        "linux", entry -> entry.startsWith("native/") && entry.contains("/linux-") == false);
  }

  @Test
  void theZipWithoutNativesIsSmallAndAsksForNothing() throws IOException {
    holdsTheSameBut(
        "no-natives",
        entry -> entry.startsWith("native/") || entry.equals("entitlement-policy.yaml"));
    String full = System.getProperty("plugin.zip");
    long bytes = Files.size(Path.of(full.replace(".zip", "-no-natives.zip")));
    assertTrue(bytes < 7_000_000, bytes + " bytes"); // 5 of them are the built-in models
  }

  private static String version() {
    return System.getProperty("plugin.version");
  }

  private static boolean isShippedLibrary(String name) {
    return name.startsWith(NATIVE)
        && name.contains(".dSYM/") == false
        && PLATFORMS.contains(name.substring(NATIVE.length(), name.lastIndexOf('/')));
  }

  private static List<String> licenseFiles() throws IOException {
    try (Stream<Path> files = Files.list(licenses)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void descriptorNamesTheVersions() throws IOException {
    Properties descriptor = new Properties();
    descriptor.load(new ByteArrayInputStream(zip.get("plugin-descriptor.properties")));
    assertEquals("semantic-hash", descriptor.getProperty("name"));
    assertEquals(version(), descriptor.getProperty("version"));
    assertEquals(
        System.getProperty("elasticsearch.version"),
        descriptor.getProperty("elasticsearch.version"));
    assertEquals("21", descriptor.getProperty("java.version"));
    assertEquals(SemanticHashPlugin.class.getName(), descriptor.getProperty("classname"));
    assertEquals(SemanticHashPlugin.NAME, descriptor.getProperty("name"));
    assertFalse(text("plugin-descriptor.properties").contains("${"));
  }

  @Test
  void asksForTwoEntitlements() {
    List<String> rules =
        text("entitlement-policy.yaml")
            .lines()
            .filter(line -> line.startsWith("#") == false)
            .toList();
    assertEquals(
        List.of(
            "ALL-UNNAMED:",
            "  - load_native_libraries",
            "  - write_system_properties:",
            "      properties:",
            "        - onnxruntime.native.path"),
        rules);
  }

  @Test
  void librariesAreTheOriginalOnes() {
    int compared = 0;
    for (Map.Entry<String, byte[]> entry : original.entrySet()) {
      if (isShippedLibrary(entry.getKey())) {
        String name = "native/" + entry.getKey().substring(NATIVE.length());
        assertArrayEquals(entry.getValue(), zip.get(name), name);
        compared++;
      }
    }
    // Two libraries a platform, and one more on Windows.
    assertEquals(9, compared);
  }

  @Test
  void classesAreTheOriginalOnes() throws IOException {
    Map<String, byte[]> shipped = entries(new ByteArrayInputStream(zip.get(onnxRuntimeJar())));
    shipped.keySet().removeIf(name -> name.startsWith("META-INF/"));
    TreeSet<String> expected = new TreeSet<>(original.keySet());
    expected.removeIf(name -> name.endsWith(".class") == false);
    assertEquals(expected, shipped.keySet());
    shipped.forEach((name, bytes) -> assertArrayEquals(original.get(name), bytes, name));
  }

  /** Usage data must never leave a node: a later ONNX Runtime that collects it must not get in. */
  @Test
  void librariesSendNothing() {
    zip.forEach(
        (name, bytes) -> {
          if (name.startsWith("native/") && name.startsWith("native/win-") == false) {
            String library = new String(bytes, StandardCharsets.ISO_8859_1);
            for (String sign : List.of("ORT_DISABLE_TELEMETRY", "events.data.microsoft.com")) {
              assertFalse(library.contains(sign), name + " contains " + sign);
            }
          }
        });
  }

  @Test
  void everyForeignJarHasItsLicences() throws Exception {
    List<String> expected =
        List.of(
            "LICENSE.txt",
            "NOTICE.txt",
            originalJar.getFileName() + ".sha1",
            "onnxruntime-LICENSE.txt",
            "onnxruntime-NOTICE.txt");
    assertEquals(expected, licenseFiles());
    for (String name : expected) {
      assertArrayEquals(Files.readAllBytes(licenses.resolve(name)), zip.get("licenses/" + name));
    }
  }

  @Test
  void digestIsThatOfTheOriginalJar() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(originalJar));
    String recorded = Files.readString(licenses.resolve(originalJar.getFileName() + ".sha1"));
    assertEquals(HexFormat.of().formatHex(digest), recorded.strip());
  }

  @Test
  void noticesAreThoseOfTheOriginalJar() {
    assertArrayEquals(
        original.get("ThirdPartyNotices.txt"), zip.get("licenses/onnxruntime-NOTICE.txt"));
    String pom =
        new String(
            original.get("META-INF/maven/com.microsoft.onnxruntime/onnxruntime/pom.xml"),
            StandardCharsets.UTF_8);
    assertTrue(pom.contains("<name>MIT License</name>"), pom);
    assertTrue(text("licenses/onnxruntime-LICENSE.txt").startsWith("MIT License\n"));
    assertTrue(text("licenses/LICENSE.txt").contains("Apache License"));
  }

  @Test
  void ownJarsHoldOwnClassesOnly() throws IOException {
    for (String jar : OWN_JARS) {
      byte[] bytes = zip.get(jar + "-" + version() + ".jar");
      for (String name : entries(new ByteArrayInputStream(bytes)).keySet()) {
        assertTrue(
            name.startsWith("org/semantichash/") || name.startsWith("META-INF/"),
            jar + " contains " + name);
      }
    }
  }
}
