// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.semantichash.it.http.Http;

/** Files of JSON lines, plain or gzip. */
final class JsonLines {

  private JsonLines() {}

  /** All records of a file; of a folder, of its only such file. */
  static List<JsonNode> read(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? only(path) : path;
    List<JsonNode> records = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(Http.JSON.readTree(line));
      }
    }
    return records;
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.toString().matches(".*[.]jsonl([.]gz)?")).toList();
      if (found.size() != 1) {
        throw new IllegalArgumentException(
            "folder [" + folder + "] must hold one .jsonl file, got " + found);
      }
      return found.get(0);
    }
  }

  /** Writes texts, from which the trainer learns. */
  static Path write(List<String> texts, Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(Http.JSON.createObjectNode().put("text", text)).append('\n');
    }
    Files.createDirectories(file.getParent());
    return Files.writeString(file, lines);
  }
}
