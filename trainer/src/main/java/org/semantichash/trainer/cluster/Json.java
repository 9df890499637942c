// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON of what is sent to a cluster, printed or written into files. */
public final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** An object with these fields. */
  public static ObjectNode object(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }

  /** An object without a field. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The object that a text is.
   *
   * @param name of the text in messages
   * @throws IllegalArgumentException when it is no JSON, or no object
   */
  public static ObjectNode parseObject(String name, String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("[" + name + "] must be a JSON object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "[" + name + "] must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** On one line, without its end. */
  public static String line(Object value) {
    return text(MAPPER.writer(), value);
  }

  /** On many lines, for people. */
  public static String pretty(Object value) {
    return text(MAPPER.writerWithDefaultPrettyPrinter(), value);
  }

  private static String text(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a value must be JSON", e);
    }
  }
}
