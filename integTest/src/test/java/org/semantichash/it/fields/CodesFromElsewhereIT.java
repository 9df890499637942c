// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Runs the requests of the guide to fields without a model, in their order. A block of JSON after a
 * request is part of its answer; without one the request must succeed.
 */
class CodesFromElsewhereIT {

  private static final Path GUIDE = Path.of("..", "plugin", "codes-from-elsewhere.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```(json)?\n(.*?)\n```\n");
  private static final Pattern REQUEST = Pattern.compile("(?s)(GET|POST|PUT) (\\S+)\n?(.*)");

  private record Example(String method, String path, String body, String answer) {}

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      if (block.group(1) != null) {
        Example last = examples.removeLast();
        assertEquals(null, last.answer(), block.group());
        examples.add(new Example(last.method(), last.path(), last.body(), block.group(2)));
      } else {
        Matcher request = REQUEST.matcher(block.group(2));
        assertTrue(request.matches(), block.group());
        examples.add(new Example(request.group(1), "/" + request.group(2), request.group(3), null));
      }
    }
    return examples;
  }

  @Test
  void everyRequestAnswersAsItSays() throws IOException {
    List<Example> examples = examples();
    assertTrue(examples.size() > 20, "[" + examples.size() + "] requests");
    try (Cluster cluster =
        Cluster.start("codes-from-elsewhere", 1, Distribution.ofBuild().quickStart())) {
      for (Example example : examples) {
        Reply reply = send(cluster.http(), example);
        if (example.answer() == null) {
          reply.ok();
        } else {
          assertHas(Http.JSON.readTree(example.answer()), reply.body(), example, "");
        }
      }
    }
  }

  private static Reply send(Http http, Example example) throws IOException {
    return switch (example.method()) {
      case "GET" -> http.get(example.path());
      case "PUT" -> http.put(example.path(), example.body());
      default -> http.post(example.path(), example.body());
    };
  }

  /** What is expected is there, whatever else is; lists have just the elements that they have. */
  private static void assertHas(JsonNode expected, JsonNode actual, Example example, String place) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(
              field ->
                  assertHas(
                      field.getValue(),
                      actual.path(field.getKey()),
                      example,
                      place + "/" + field.getKey()));
    } else if (expected.isArray()) {
      assertEquals(expected.size(), actual.size(), example + place + ": " + actual);
      for (int i = 0; i < expected.size(); i++) {
        assertHas(expected.get(i), actual.path(i), example, place + "/" + i);
      }
    } else {
      assertEquals(expected.asText(), actual.asText(), example + place + ": " + actual);
    }
  }
}
