// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that is downloaded holds the licences and notices of every jar and native library in
 * it, and no others. Those of ONNX Runtime are held against its original jar by {@code
 * PluginZipIT}; those of a jar of the command line stand in [licenses/command-line], with the name
 * of the jar in front. After a new version of a jar, {@code -Dlicenses.write=true} takes what is in
 * the jars; a jar without a licence inside needs its text from the project's page.
 */
class LicensesIT {

  private static final Path REPOSITORY = Path.of("../licenses");
  private static final boolean WRITE = Boolean.getBoolean("licenses.write");
  private static final String FOLDER = "licenses/";

  /** Ours, and that of the words in a model that comes with the plugin. */
  private static final Set<String> OURS =
      Set.of("LICENSE.txt", "NOTICE.txt", "wordnet-LICENSE.txt");

  private static final String ONNX_RUNTIME = "onnxruntime";

  /** A licence or notice in a jar. */
  private static final Pattern IN_JAR =
      Pattern.compile("(?:META-INF/)?([^/]*(?:LICEN[CS]E|NOTICE)[^/]*?)(?:\\.txt|\\.md)?");

  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*");
  private static final Pattern OF_ONNX_RUNTIME =
      Pattern.compile("native/[a-z]+-[a-z0-9]+/(lib)?onnxruntime[a-z0-9_]*\\.[a-z]+");

  /** How the licences begin under which we ship the works of others. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "\\s*(Apache License\\s+Version 2\\.0, January 2004\\s|MIT License\\s)[\\s\\S]*");

  static List<Artifact> artifacts() throws IOException {
    List<Artifact> all = Artifact.ofBuild();
    assertTrue(all.size() >= (Artifact.hasCommandLine() ? 4 : 3), all.toString());
    return all;
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyJarHasItsLicencesAndThereAreNoOthers(Artifact artifact) throws IOException {
    Set<String> expected = new TreeSet<>(OURS);
    Map<String, String> jars = artifact.foreignJars();
    assertNotNull(jars.get(ONNX_RUNTIME), jars.toString());
    for (Map.Entry<String, String> jar : jars.entrySet()) {
      Map<String, byte[]> inJar = licences(jar.getKey(), artifact.jar(jar.getValue()));
      for (Map.Entry<String, byte[]> file : inJar.entrySet()) {
        assertArrayEquals(
            file.getValue(),
            artifact.files().get(FOLDER + file.getKey()),
            artifact + " must hold " + file.getKey() + " as it is in " + jar.getValue());
      }
      expected.addAll(inJar.keySet());
      expected.add(jar.getKey() + "-LICENSE.txt");
    }
    expected.add(ONNX_RUNTIME + "-NOTICE.txt");
    Set<String> found = new TreeSet<>();
    for (String name : artifact.files().keySet()) {
      if (name.startsWith(FOLDER) && name.endsWith(".sha1") == false) {
        found.add(name.substring(FOLDER.length()));
      }
    }
    assertEquals(expected, found, artifact + ": the licences of " + jars.values());
  }

  /** The licences and notices in a jar, under the names that they have in our folder. */
  private static Map<String, byte[]> licences(String jar, Map<String, byte[]> files)
      throws IOException {
    Map<String, byte[]> licences = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      var name = IN_JAR.matcher(file.getKey());
      if (name.matches() && file.getKey().endsWith(".class") == false) {
        licences.put(jar + "-" + name.group(1) + ".txt", file.getValue());
      }
    }
    if (WRITE) {
      for (Map.Entry<String, byte[]> file : licences.entrySet()) {
        Files.write(REPOSITORY.resolve("command-line").resolve(file.getKey()), file.getValue());
      }
    }
    return licences;
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyLicenceIsOneThatWeMayShip(Artifact artifact) {
    int looked = 0;
    for (String jar : artifact.foreignJars().keySet()) {
      String licence = artifact.text(FOLDER + jar + "-LICENSE.txt");
      assertTrue(ALLOWED.matcher(licence).matches(), jar + " has the licence " + licence);
      looked++;
    }
    assertTrue(looked > 0);
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void filesAreThoseOfTheRepository(Artifact artifact) throws IOException {
    for (String name : artifact.files().keySet()) {
      if (name.startsWith(FOLDER)) {
        Path file = REPOSITORY.resolve(name.substring(FOLDER.length()));
        Path other = REPOSITORY.resolve("command-line").resolve(file.getFileName());
        assertEquals(
            Files.readString(Files.exists(file) ? file : other, StandardCharsets.UTF_8),
            artifact.text(name),
            name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyNativeLibraryIsOfOnnxRuntime(Artifact artifact) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String name : artifact.files().keySet()) {
      if (NATIVE.matcher(name).matches() && OF_ONNX_RUNTIME.matcher(name).matches() == false) {
        unknown.add(name);
      }
    }
    for (String jar : artifact.files().keySet()) {
      if (jar.endsWith(".jar")) {
        artifact.jar(jar).keySet().stream()
            .filter(name -> NATIVE.matcher(name).matches())
            .forEach(name -> unknown.add(jar + "!" + name));
      }
    }
    assertEquals(List.of(), unknown, artifact + " holds native libraries of an unknown licence");
  }
}
