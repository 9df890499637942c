// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.benchmarks.reproduce.Plan.Cell;
import org.semantichash.benchmarks.reproduce.Row.CodeUse;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.Parts;
import org.semantichash.benchmarks.reproduce.Row.Precision;
import org.semantichash.benchmarks.reproduce.Row.RowKey;

/** All rows that are recorded, kept on disk after every change. Safe for use by many threads. */
final class Results {

  private final RowFile file;
  private final List<Cell> plan;
  private final Map<RowKey, Row> rows = new LinkedHashMap<>();
  private final Map<String, Row> byDefinition = new HashMap<>();

  /**
   * The recorded rows.
   *
   * @param plan in whose order rows are written; rows that it does not want any more stay, last
   */
  Results(RowFile file, List<Cell> plan) throws IOException {
    this.file = file;
    this.plan = plan;
    for (Row row : file.read()) {
      put(row);
    }
  }

  private void put(Row row) {
    rows.put(row.key(), row);
    byDefinition.put(row.setup().definition(), row);
  }

  /** The row of a cell, if its run is recorded, in this or another table. */
  synchronized Optional<Row> find(Cell cell) {
    return Optional.ofNullable(byDefinition.get(cell.definition())).map(row -> row.in(cell));
  }

  /** Records a result in every cell that wants it. */
  synchronized void record(List<Cell> cells, Row result) throws IOException {
    cells.forEach(cell -> put(result.in(cell)));
    save();
  }

  /** The recorded rows that the plan wants, in its order. */
  synchronized List<Row> wanted() {
    return plan.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** Writes the file in the order of the plan. */
  synchronized void save() throws IOException {
    Map<RowKey, Row> ordered = new LinkedHashMap<>();
    plan.forEach(cell -> find(cell).ifPresent(row -> ordered.put(cell.key(), row)));
    rows.forEach(ordered::putIfAbsent);
    file.write(new ArrayList<>(ordered.values()));
  }

  /** Replaces a file by a JSON array with one row a line; it is never half written. */
  static void write(Path file, ObjectMapper json, List<?> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Object row : rows) {
      lines.add(json.writeValueAsString(row));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(next, "[\n" + String.join(",\n", lines) + "\n]\n");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Rows as a JSON array, one flat object a row; replaced as a whole, so it is never half written.
   */
  static final class RowFile {

    private static final ObjectMapper JSON =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;

    RowFile(Path file) {
      this.file = file;
    }

    /** The rows; none when there is no file yet. */
    List<Row> read() throws IOException {
      List<Row> rows = new ArrayList<>();
      if (Files.exists(file)) {
        try {
          for (JsonNode node : JSON.readTree(file.toFile())) {
            rows.add(row(node));
          }
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException(
              "rows [" + file + "] must be a JSON array of rows: " + e.getOriginalMessage(), e);
        }
      }
      return rows;
    }

    private static Row row(JsonNode node) throws JsonProcessingException {
      return new Row(
          JSON.treeToValue(node, RowKey.class),
          JSON.treeToValue(node, Row.Setup.class),
          JSON.treeToValue(node, Precision.class),
          JSON.treeToValue(node, Course.class),
          JSON.treeToValue(node, CodeUse.class),
          JSON.treeToValue(node, Parts.class),
          JSON.treeToValue(node, Origin.class));
    }

    /** Replaces the file. */
    void write(Collection<Row> rows) throws IOException {
      List<ObjectNode> nodes = new ArrayList<>();
      for (Row row : rows) {
        ObjectNode node = JSON.createObjectNode();
        for (Record part :
            List.of(
                row.key(),
                row.setup(),
                row.precision(),
                row.course(),
                row.codes(),
                row.parts(),
                row.origin())) {
          node.setAll(JSON.<ObjectNode>valueToTree(part));
        }
        nodes.add(node);
      }
      Results.write(file, JSON, nodes);
    }
  }
}
