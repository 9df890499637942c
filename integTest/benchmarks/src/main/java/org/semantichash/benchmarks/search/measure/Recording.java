// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that were measured, in a file that is complete after every step.
 *
 * <p>Rows of other steps that the file holds stay when they come from the same commit, machine and
 * seed; else the file is put aside and a new one is begun.
 */
public final class Recording {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> ORIGIN = List.of("commit", "machine", "java", "seed");

  private final Path file;
  private final Map<String, Object> header;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /**
   * Reads what was recorded before.
   *
   * @param file the JSON file, which need not exist
   * @param header where the rows come from: commit, machine, seed and so on
   */
  public Recording(Path file, Map<String, Object> header) throws IOException {
    this.file = file;
    this.header = header;
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() throws IOException {
    Map<String, Object> old = JSON.readValue(file.toFile(), new TypeReference<>() {});
    for (String key : ORIGIN) {
      if (String.valueOf(old.get(key)).equals(String.valueOf(header.get(key))) == false) {
        Path aside = file.resolveSibling(file.getFileName() + ".old");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        System.out.println("rows of another " + key + " put aside: " + aside);
        return;
      }
    }
    rows.addAll(
        JSON.convertValue(old.get("rows"), new TypeReference<List<Map<String, Object>>>() {}));
  }

  /** Forgets the rows of a phase. */
  public void forget(String phase) {
    rows.removeIf(row -> phase.equals(row.get("phase")));
  }

  /** Whether a step was recorded. */
  public boolean has(Step step) {
    return rows.stream()
        .anyMatch(
            row ->
                step.phase().equals(row.get("phase")) && step.definition().equals(row.get("step")));
  }

  /** Adds the rows of a step and writes the file. */
  public void add(Step step, List<Map<String, Object>> measured) throws IOException {
    for (Map<String, Object> values : measured) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("phase", step.phase());
      row.put("step", step.definition());
      row.putAll(values);
      rows.add(row);
    }
    write();
  }

  private void write() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>(header);
    json.put("rows", rows);
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    JSON.writeValue(unfinished.toFile(), json);
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where the rows come from. */
  public Map<String, Object> header() {
    return header;
  }

  /** All rows. */
  public List<Map<String, Object>> rows() {
    return List.copyOf(rows);
  }
}
