// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;

/** Experiments as YAML files. */
public final class ExperimentFile {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ExperimentFile() {}

  /**
   * Reads an experiment.
   *
   * @throws IllegalArgumentException when the file does not exist or is not an experiment; the
   *     message names the key and the line
   * @throws IOException when it cannot be read
   */
  public static Experiment read(Path file) throws IOException {
    if (Files.isRegularFile(file) == false) {
      throw new IllegalArgumentException("experiment [" + file + "] does not exist");
    }
    try {
      Experiment experiment = YAML.readValue(Files.readString(file), Experiment.class);
      SpecCheck.requirePresent(file.toString(), experiment);
      return experiment;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "experiment [" + file + "]" + place(e) + ": " + reason(e), e);
    }
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : ", line " + location.getLineNr();
  }

  private static String reason(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException u ->
          "key ["
              + key(u)
              + "] is unknown; known are "
              + u.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      case ValueInstantiationException v ->
          (v.getPath().isEmpty() ? "" : "[" + key(v) + "]: ") + cause(v).getMessage();
      case JsonMappingException m -> "[" + key(m) + "]: " + m.getOriginalMessage();
      default -> e.getOriginalMessage();
    };
  }

  private static Throwable cause(ValueInstantiationException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  /** Where in the file, such as tables[0].runs[2].method. */
  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
