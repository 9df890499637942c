// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;

/**
 * Glosses in an index, with their codes in the field [code].
 *
 * @param http the cluster
 * @param name the index
 */
public record GlossIndex(Http http, String name) {

  private static final int BATCH = 1500;

  /**
   * Puts the pipeline that hashes glosses with a model of the same name, those without known terms
   * too: what is compared with brute force has a code for every gloss.
   */
  public static void putPipeline(Http http, String model) throws IOException {
    Map<String, String> processor =
        Map.of("model", model, "field", "text", "target_field", "code", "empty", "hash");
    http.put(
            "/_ingest/pipeline/" + model,
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
  }

  /** Makes the index. */
  public void create(String model, int bits, int shards, int replicas) throws IOException {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("text", Map.of("type", "text"));
    properties.put("words", Map.of("type", "keyword"));
    properties.put("label", Map.of("type", "keyword"));
    properties.put("gloss", Map.of("type", "keyword"));
    properties.put("code", Map.of("type", "hash_code", "bits", bits, "model", model));
    http.put(
            "/" + name,
            Map.of(
                "settings",
                Map.of("number_of_shards", shards, "number_of_replicas", replicas),
                "mappings",
                Map.of("properties", properties)))
        .ok();
  }

  /**
   * Indexes glosses in bulk requests of 1500, and refreshes.
   *
   * @param pipeline the pipeline, or null for none
   * @return how long the requests took, in seconds, without the refresh
   * @throws IllegalStateException when a document fails
   */
  public double bulk(List<Gloss> glosses, String pipeline) throws IOException {
    String path = "/" + name + "/_bulk" + (pipeline == null ? "" : "?pipeline=" + pipeline);
    long nanos = 0;
    for (int from = 0; from < glosses.size(); from += BATCH) {
      byte[] body = lines(glosses.subList(from, Math.min(from + BATCH, glosses.size())));
      long start = System.nanoTime();
      JsonNode reply = http.bulk(path, body).ok().body();
      nanos += System.nanoTime() - start;
      if (reply.path("errors").asBoolean(true)) {
        throw new IllegalStateException("documents failed, the first: " + firstFailure(reply));
      }
    }
    refresh();
    return nanos / 1e9;
  }

  private static JsonNode firstFailure(JsonNode reply) {
    for (JsonNode item : reply.path("items")) {
      if (item.path("index").has("error")) {
        return item;
      }
    }
    return reply;
  }

  private static byte[] lines(List<Gloss> glosses) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Gloss gloss : glosses) {
      line(lines, Map.of("index", Map.of("_id", gloss.id())));
      line(
          lines,
          Map.of(
              "text", gloss.text(),
              "words", gloss.words(),
              "label", gloss.label(),
              "gloss", gloss.id()));
    }
    return lines.toByteArray();
  }

  private static void line(ByteArrayOutputStream lines, Object value) throws IOException {
    lines.write(Http.JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
    lines.write('\n');
  }

  /** Makes everything visible. */
  public void refresh() throws IOException {
    http.post("/" + name + "/_refresh").ok();
  }
}
