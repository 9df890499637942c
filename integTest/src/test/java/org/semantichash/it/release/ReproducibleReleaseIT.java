// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole release is built a second time, from a copy of the sources in another folder, in
 * another time zone and language, and every file has the same digest. Takes minutes, so it is done
 * with {@code mvn -Prelease verify -Dtests.reproducible} only, with the umask 022 of {@code
 * .ci/release}: jars have the rights of their files.
 */
@EnabledIfSystemProperty(named = "tests.reproducible", matches = "true")
class ReproducibleReleaseIT {

  private static final Set<String> NOT_SOURCES =
      Set.of("target", ".git", "results", "node_modules");
  private static final long MINUTES = 30;

  @TempDir private Path folder;

  @Test
  void aSecondBuildHasTheSameDigests() throws Exception {
    Path release = Path.of(System.getProperty("semantichash.release"));
    Path copy = folder.resolve("somewhere else");
    copy(Path.of("..").toRealPath(), copy);
    build(copy);
    Map<String, String> first = digests(release);
    Map<String, String> second = digests(copy.resolve("target/release"));
    assertTrue(second.size() > 15, second.toString());
    if (first.keySet().equals(second.keySet()) == false) {
      // The first has zips for more versions, so its notes name them.
      first.keySet().retainAll(second.keySet());
      List.of(first, second).forEach(digests -> digests.remove(ReleaseFolder.NOTES));
    }
    assertEquals(first, second);
  }

  private static Map<String, String> digests(Path folder) throws IOException {
    return new ReleaseFolder(folder, "")
        .digests()
        .lines()
        .map(line -> line.split("  ", 2))
        .collect(Collectors.toMap(line -> line[1], line -> line[0], (a, b) -> a, TreeMap::new));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_SOURCES.contains(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void build(Path copy) throws IOException, InterruptedException {
    Path maven = Path.of(System.getProperty("semantichash.maven"), "bin/mvn");
    String command = "umask 022; exec \"" + maven + "\" -B -q -ntp -Prelease verify -DskipTests";
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder
        .environment()
        .putAll(
            Map.of(
                "TZ",
                "Pacific/Auckland",
                "LC_ALL",
                "de_DE.UTF-8",
                // That of the first build: jars name it.
                "JAVA_HOME",
                System.getProperty("semantichash.maven.java")));
    Path log = folder.resolve("log");
    Process process =
        builder
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> tail(log));
      assertEquals(0, process.exitValue(), () -> tail(log));
    } finally {
      process.destroy();
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
