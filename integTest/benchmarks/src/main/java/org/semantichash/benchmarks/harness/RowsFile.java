// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The recorded rows of a benchmark: a JSON object with one line per value of its header and one
 * line per row, so that a diff shows which rows have changed.
 *
 * @param header where the rows come from: command, commit, date, machine, seed
 * @param rows columns by name
 */
public record RowsFile(Map<String, Object> header, List<Map<String, Object>> rows) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS = "rows";

  /** Reads a file. */
  public static RowsFile read(Path file) throws IOException {
    Map<String, Object> header = JSON.readValue(file.toFile(), new TypeReference<>() {});
    Object rows = header.remove(ROWS);
    return new RowsFile(header, JSON.convertValue(rows, new TypeReference<>() {}));
  }

  /** Replaces a file; a concurrent reader sees the old one or the new one. */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder("{\n");
    for (Map.Entry<String, Object> value : header.entrySet()) {
      text.append("  ").append(JSON.writeValueAsString(value.getKey())).append(": ");
      text.append(JSON.writeValueAsString(value.getValue())).append(",\n");
    }
    text.append("  \"").append(ROWS).append("\": ").append(lines()).append("\n}\n");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private String lines() throws IOException {
    if (rows.isEmpty()) {
      return "[]";
    }
    StringBuilder lines = new StringBuilder("[");
    for (int row = 0; row < rows.size(); row++) {
      lines.append(row == 0 ? "\n    " : ",\n    ").append(JSON.writeValueAsString(rows.get(row)));
    }
    return lines.append("\n  ]").toString();
  }

  /** The rows of one phase. */
  public List<Map<String, Object>> of(String phase) {
    return rows.stream().filter(row -> phase.equals(row.get("phase"))).toList();
  }
}
