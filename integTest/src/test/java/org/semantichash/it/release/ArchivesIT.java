// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing in an archive depends on when, where and by whom it was packed: times, order, rights and
 * owners are fixed. That two whole builds agree is the business of {@link ReproducibleReleaseIT}.
 */
class ArchivesIT {

  private static final Pattern TIMESTAMP =
      Pattern.compile("<project\\.build\\.outputTimestamp>(.*)Z</project");

  /** Folders that are packed from several ones, each of which is in order. */
  private static final Pattern MIXED = Pattern.compile("|.*/(lib|licenses)/|META-INF/.*");

  /** Archives and our own jars. */
  static List<Path> archives() throws IOException {
    List<Path> all = new ArrayList<>(Artifact.archives());
    for (String module : List.of("src", "trainer", "plugin")) {
      all.addAll(Artifact.list(module, "semantic-hash-.*[0-9]\\.jar"));
    }
    assertTrue(all.size() >= 6, all.toString());
    return all;
  }

  @ParameterizedTest
  @MethodSource("archives")
  void allFilesAreOfTheTimeOfTheRelease(Path archive) throws IOException {
    Matcher timestamp = TIMESTAMP.matcher(Files.readString(Path.of("../pom.xml")));
    assertTrue(timestamp.find());
    Set<LocalDateTime> times = new TreeSet<>();
    for (Artifact.Entry entry : Artifact.entries(archive)) {
      times.add(entry.time());
    }
    assertEquals(Set.of(LocalDateTime.parse(timestamp.group(1))), times);
  }

  /** A file system lists a folder in its own order. */
  @ParameterizedTest
  @MethodSource("archives")
  void filesOfAFolderAreInOrder(Path archive) throws IOException {
    Map<String, String> last = new HashMap<>();
    int files = 0;
    for (Artifact.Entry entry : Artifact.entries(archive)) {
      String name = entry.name();
      String folder = name.substring(0, name.lastIndexOf('/') + 1);
      if (entry.isDirectory() == false && MIXED.matcher(folder).matches() == false) {
        String before = last.put(folder, name);
        assertTrue(before == null || before.compareTo(name) < 0, before + " before " + name);
        files++;
      }
    }
    assertTrue(files > 0 || archive.toString().contains("no-natives"), archive.toString());
  }

  @ParameterizedTest
  @MethodSource("archives")
  void rightsAndOwnersAreFixed(Path archive) throws IOException {
    List<String> wrong = new ArrayList<>();
    if (archive.toString().endsWith(".gz")) {
      for (Artifact.Entry entry : Artifact.entries(archive)) {
        check("/" + entry.name(), entry.mode(), wrong);
        if (entry.owner().matches("0:0:(root)?:(root)?") == false) {
          wrong.add(entry.name() + " of " + entry.owner());
        }
      }
    } else if (archive.toString().endsWith(".zip")) {
      Map<String, ?> options = Map.of("enablePosixFileAttributes", true);
      try (FileSystem zip = FileSystems.newFileSystem(archive, options);
          Stream<Path> files = Files.walk(zip.getPath("/"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          check(file.toString(), mode(rights), wrong);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static int mode(String rights) {
    int mode = 0;
    for (int i = 0; i < rights.length(); i++) {
      mode = mode << 1 | (rights.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  private static void check(String name, int mode, List<String> wrong) {
    boolean executable = name.endsWith("/") || name.contains("/bin/");
    if (mode != (executable ? 0755 : 0644)) {
      wrong.add(name + " with 0" + Integer.toOctalString(mode));
    }
  }

  /** The archives of the command line hold what its folder holds. */
  @Test
  void allFormsOfTheCommandLineAreTheSame() throws IOException {
    List<Artifact> all = Artifact.ofBuild();
    Map<String, byte[]> folder = all.getLast().files();
    assertTrue(folder.containsKey("bin/semantic-hash"), folder.keySet().toString());
    for (Artifact artifact : all) {
      if (artifact.toString().contains("-command-line-")) {
        assertEquals(folder.keySet(), artifact.files().keySet());
        folder.forEach((name, bytes) -> assertArrayEquals(bytes, artifact.files().get(name), name));
      }
    }
  }
}
