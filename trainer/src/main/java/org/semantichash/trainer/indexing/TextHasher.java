// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * Has texts hashed by the cluster.
 *
 * @param rest the cluster
 * @param model the model; another one of its name is noticed
 */
record TextHasher(Rest rest, HashModel model) {

  private static final int MAX_TEXTS = 1000;
  private static final int MAX_CHARACTERS = 8_000_000;

  /**
   * A hashed text.
   *
   * @param code as it is written into a document; null when the document gets none
   * @param knownTerms how many different terms of it the model knows
   */
  record Hashed(String code, int knownTerms) {}

  /** The codes of texts, in their order. */
  List<Hashed> hash(List<String> texts) {
    List<Hashed> codes = new ArrayList<>();
    int from = 0;
    while (from < texts.size()) {
      int to = end(texts, from);
      send(texts.subList(from, to), codes);
      from = to;
    }
    return codes;
  }

  private static int end(List<String> texts, int from) {
    long characters = 0;
    int to = from;
    while (to < texts.size() && to - from < MAX_TEXTS) {
      characters += texts.get(to).length();
      if (to > from && characters > MAX_CHARACTERS) {
        break;
      }
      to++;
    }
    return to;
  }

  private void send(List<String> texts, List<Hashed> codes) {
    ObjectNode body = Body.empty();
    ArrayNode docs = body.putArray("docs");
    texts.forEach(text -> docs.addObject().put("text", text));
    JsonNode answer = rest.ask("POST", "_semantic_hash/models/" + model.name() + "/_hash", body);
    String digest = answer.path("digest").asText();
    if (digest.equals(model.digest()) == false) {
      throw new ClusterException(
          409,
          "model ["
              + model.name()
              + "] was replaced meanwhile: its digest was ["
              + model.digest()
              + "] and is ["
              + digest
              + "]");
    }
    JsonNode hashed = answer.path("docs");
    if (hashed.size() != texts.size()) {
      throw new ClusterException(
          500, "got [" + hashed.size() + "] codes for [" + texts.size() + "] texts");
    }
    hashed.forEach(
        doc ->
            codes.add(
                new Hashed(
                    model.stamp(doc.path("code").asText()), doc.path("known_terms").asInt())));
  }
}
