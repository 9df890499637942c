// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;

/** Writes documents through a pipeline and remembers those that the cluster has acknowledged. */
final class AcknowledgedTexts {

  private static final int BULK = 50;

  private final String path;
  private final List<String> words;
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger bulks = new AtomicInteger();
  private final SplittableRandom random;

  /**
   * None yet.
   *
   * @param words of which the texts are
   */
  AcknowledgedTexts(String index, String pipeline, List<String> words, long seed) {
    this.path = "/" + index + "/_bulk?pipeline=" + pipeline;
    this.words = words;
    this.random = new SplittableRandom(seed);
  }

  /** The texts by their ids. */
  Map<String, String> byId() {
    return acknowledged;
  }

  /** How many bulk requests were answered. */
  int bulks() {
    return bulks.get();
  }

  /** Sends one bulk request; no answer means no acknowledgement. */
  void bulk(Http http) throws IOException {
    Map<String, String> texts = new HashMap<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BULK; i++) {
      String id = bulks.get() + "-" + i + "-" + random.nextInt(Integer.MAX_VALUE);
      String text = text();
      texts.put(id, text);
      lines.append(Http.JSON.writeValueAsString(Map.of("index", Map.of("_id", id)))).append('\n');
      lines.append(Http.JSON.writeValueAsString(Map.of("text", text))).append('\n');
    }
    Reply reply;
    try {
      reply = http.bulk(path, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // the node died before it answered
    }
    for (JsonNode item : reply.body().path("items")) {
      JsonNode written = item.path("index");
      if (written.path("status").asInt(500) < 300) {
        String id = written.path("_id").asText();
        acknowledged.put(id, texts.get(id));
      }
    }
    bulks.incrementAndGet();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return text.toString();
  }
}
