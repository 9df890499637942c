// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as a JSON array, one flat object a row; replaced as a whole, so it is never half written.
 */
final class RowFile {

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
    ArrayNode array = JSON.createArrayNode();
    for (Row row : rows) {
      ObjectNode node = array.addObject();
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
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(next, lines(array));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A JSON array with one row per line, so that a diff shows which rows have changed. */
  static String lines(JsonNode rows) {
    return rows.isEmpty()
        ? "[]\n"
        : rows.valueStream()
            .map(JsonNode::toString)
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }
}
