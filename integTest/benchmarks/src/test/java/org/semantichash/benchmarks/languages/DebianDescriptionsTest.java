// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a mirror has them, made up here; what is in the folder is not fetched. */
class DebianDescriptionsTest {

  private static final String PACKAGES =
      """
      Package: chess
      Version: 1
      Section: games

      Package: solver
      Section: contrib/math

      """;

  private static final String TRANSLATION =
      """
      Package: chess
      Description-md5: 00
      Description-de: ein Schachspiel
       Man spielt es
       zu zweit.
       .
       Es ist alt.

      Package: unknown
      Description-md5: 01
      Description-de: ohne Paket

      Package: solver
      Description-md5: 02
      Description-de: löst Gleichungen

      Package: chess
      Description-md5: 03
      Description-de: noch eine Fassung
      """;

  @TempDir private Path folder;

  @Test
  void eachPackageHasItsFirstDescriptionAndItsSection() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("binary-amd64_Packages.gz")))) {
      out.write(PACKAGES.getBytes(StandardCharsets.UTF_8));
    }
    try (OutputStream out =
        new BZip2CompressorOutputStream(
            Files.newOutputStream(folder.resolve("i18n_Translation-de.bz2")))) {
      out.write(TRANSLATION.getBytes(StandardCharsets.UTF_8));
    }
    Path output = folder.resolve("de.jsonl");
    URI mirror = URI.create("http://127.0.0.1:1/nothing/");
    assertEquals(2, new DebianDescriptions(mirror, folder).write("de", output));
    assertEquals(
        """
        {"id":"chess","label":"games","text":"ein Schachspiel Man spielt es zu zweit. Es ist alt."}
        {"id":"solver","label":"math","text":"löst Gleichungen"}
        """,
        Files.readString(output));
  }
}
