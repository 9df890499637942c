// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseFolderTest {

  private static final String CHANGELOG =
      """
      # Changes

      ## 1.10.0 (2027-01-02)

      - newest

      ## 1.1.0 (2026-12-01)

      ### Plugin

      - older

      ## 1.0.0

      - oldest
      """;

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    for (String name :
        List.of(
            "semantic-hash-1.1.0-es9.5.3.zip",
            "semantic-hash-1.1.0-es9.5.3-linux.zip",
            "semantic-hash-1.1.0-es9.5.2-no-natives.zip",
            "semantic-hash-command-line-1.1.0.tar.gz",
            "semantic-hash-core-1.1.0-sources.jar",
            "semantic-hash-core-1.1.0.cdx.json")) {
      Files.write(folder.resolve(name), new byte[1_234_567]);
    }
  }

  private String notes(String version) throws IOException {
    return new ReleaseFolder(folder, version).notes(CHANGELOG);
  }

  @Test
  void notesSayWhatChangedInThisVersionOnly() throws IOException {
    assertTrue(notes("1.1.0").endsWith("`.\n\n### Plugin\n\n- older\n"), notes("1.1.0"));
    assertTrue(notes("1.10.0").endsWith("`.\n\n- newest\n"), notes("1.10.0"));
    assertTrue(notes("1.0.0").endsWith("`.\n\n- oldest\n"), notes("1.0.0"));
  }

  @Test
  void notesSayWhatEachFileIsFor() throws IOException {
    List<String> rows = notes("1.1.0").lines().filter(line -> line.startsWith("| `")).toList();
    assertEquals(
        List.of(
            "| `semantic-hash-1.1.0-es9.5.2-no-natives.zip`"
                + " | plugin for Elasticsearch 9.5.2, no native library | 1.2 |",
            "| `semantic-hash-1.1.0-es9.5.3-linux.zip`"
                + " | plugin for Elasticsearch 9.5.3, native libraries of Linux only | 1.2 |",
            "| `semantic-hash-1.1.0-es9.5.3.zip` | plugin for Elasticsearch 9.5.3 | 1.2 |",
            "| `semantic-hash-command-line-1.1.0.tar.gz` | command line | 1.2 |",
            "| `semantic-hash-core-1.1.0-sources.jar` | sources | 1.2 |",
            "| `semantic-hash-core-1.1.0.cdx.json` | CycloneDX bill of materials | 1.2 |"),
        rows);
  }

  @Test
  void aVersionThatTheChangelogDoesNotNameIsRefused() {
    for (String version : List.of("2.0.0", "1.1", "1.1.0-rc1")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> notes(version)).getMessage();
      assertEquals(
          "CHANGELOG.md must say below a heading [## "
              + version
              + "] what changed; it says nothing",
          message);
    }
  }

  @Test
  void digestsAreThoseOfAllFilesAndNotOfTheirOwnList() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.write(other.resolve("b"), "abc".getBytes(StandardCharsets.UTF_8));
    Files.write(other.resolve("a"), new byte[0]);
    Files.writeString(other.resolve(ReleaseFolder.DIGESTS), "of another run");
    // The two test vectors of FIPS 180-4 that everybody knows.
    assertEquals(
        """
        cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e  a
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f  b
        """,
        new ReleaseFolder(other, "1").digests());
  }
}
