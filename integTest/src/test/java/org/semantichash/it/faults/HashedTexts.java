// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.RandomModel;

/**
 * An index on three nodes whose texts a pipeline hashes; index, pipeline and model have one name.
 *
 * @param name of all three
 * @param model that nobody trained
 */
record HashedTexts(String name, EncoderModel model) {

  static final int BITS = 64;

  /** Of which the texts are. */
  static final List<String> WORDS = IntStream.range(0, 2000).mapToObj(i -> "word" + i).toList();

  /** Uploads the model and makes pipeline and index. */
  static HashedTexts create(Http http, String name) throws IOException {
    EncoderModel model = RandomModel.of(WORDS, 32, BITS);
    http.putBytes("/_semantic_hash/models/" + name, model.file()).ok();
    Map<String, Object> processor = Map.of("model", name, "field", "text", "target_field", "code");
    http.put(
            "/_ingest/pipeline/" + name,
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
    Map<String, Object> code = Map.of("type", "hash_code", "bits", BITS, "model", name);
    http.put(
            "/" + name,
            Map.of(
                "settings",
                Map.of("number_of_shards", 3, "number_of_replicas", 1),
                "mappings",
                Map.of("properties", Map.of("text", Map.of("type", "text"), "code", code))))
        .ok();
    return new HashedTexts(name, model);
  }

  /** Nothing written yet. */
  AcknowledgedTexts texts(long seed) {
    return new AcknowledgedTexts(name, name, WORDS, seed);
  }

  /** Deletes the index: others need the nodes too. */
  void delete(Http http) throws IOException {
    http.delete("/" + name + "?ignore_unavailable=true").ok();
  }

  /** The acknowledged documents that are not there with the right code: what is stored by id. */
  Map<String, String> lost(Http http, AcknowledgedTexts texts) throws IOException {
    http.post("/" + name + "/_refresh").ok();
    Map<String, String> lost = new HashMap<>();
    List<String> ids = texts.byId().keySet().stream().sorted().toList();
    try (TextHasher hasher = TextHasher.open(model)) {
      for (int from = 0; from < ids.size(); from += 1000) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + 1000));
        Map<String, String> stored = codes(http, some);
        for (String id : some) {
          String expected = hasher.hash(texts.byId().get(id)).code().toHex();
          if (expected.equals(stored.get(id)) == false) {
            lost.put(id, "[" + stored.get(id) + "] in place of [" + expected + "]");
          }
        }
      }
    }
    return lost;
  }

  private Map<String, String> codes(Http http, List<String> ids) throws IOException {
    Map<String, Object> query = Map.of("ids", Map.of("values", ids));
    Map<String, Object> body =
        Map.of("query", query, "size", 1000, "fields", List.of("code"), "_source", false);
    Map<String, String> stored = new HashMap<>();
    for (JsonNode hit : http.post("/" + name + "/_search", body).ok().body().at("/hits/hits")) {
      stored.put(hit.path("_id").asText(), hit.path("fields").path("code").path(0).asText());
    }
    return stored;
  }
}
