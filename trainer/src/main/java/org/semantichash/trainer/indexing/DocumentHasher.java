// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.DocumentHasher.ClusterTextHasher.TextCode;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/** From documents to codes. */
final class DocumentHasher {

  private final HashPlan plan;
  private final ClusterTextHasher texts;
  private final HashTally tally;

  /**
   * Hashes documents as planned.
   *
   * @param tally counts those that get no code
   */
  DocumentHasher(HashPlan plan, ClusterTextHasher texts, HashTally tally) {
    this.plan = plan;
    this.texts = texts;
    this.tally = tally;
  }

  /** The text of a document; empty when it has none. A list is joined by line breaks. */
  private Optional<String> text(JsonNode source) {
    List<String> texts = plan.text().texts(source);
    return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts));
  }

  /** Whether a text counts as one without terms. */
  boolean isEmpty(TextCode hashed) {
    return hashed.knownTerms() < plan.minTerms();
  }

  /** The hashed texts of documents that have one and do not fail, by document. */
  Map<DocumentId, TextCode> codes(List<SourceDocument> documents) {
    List<DocumentId> ids = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (SourceDocument document : documents) {
      Optional<String> text = text(document.source());
      if (text.isEmpty()) {
        tally.add(Outcome.WITHOUT_TEXT, 1);
      } else if (plan.target().fits(document.source()) == false) {
        tally.fail(
            "["
                + document.id().id()
                + "]: a list or a value is where an object of ["
                + plan.target()
                + "] must be");
      } else {
        ids.add(document.id());
        found.add(text.get());
      }
    }
    return codes(ids, texts.hash(found));
  }

  private Map<DocumentId, TextCode> codes(List<DocumentId> ids, List<TextCode> hashed) {
    Map<DocumentId, TextCode> codes = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      TextCode text = hashed.get(i);
      if (isEmpty(text) == false) {
        codes.put(ids.get(i), text);
      } else {
        addEmpty(ids.get(i), text, codes);
      }
    }
    return codes;
  }

  private void addEmpty(DocumentId id, TextCode text, Map<DocumentId, TextCode> codes) {
    HashModel model = texts.model();
    switch (plan.empty()) {
      case HASH -> codes.put(id, new TextCode(model.stamp(model.emptyCode()), text.knownTerms()));
      case SKIP -> {
        tally.add(Outcome.WITHOUT_TERMS, 1);
        codes.put(id, new TextCode(null, text.knownTerms()));
      }
      case FAIL ->
          tally.fail(
              "["
                  + id.id()
                  + "]: the text must have at least ["
                  + plan.minTerms()
                  + "] different terms that model ["
                  + model.name()
                  + "] knows, got ["
                  + text.knownTerms()
                  + "]");
    }
  }

  /**
   * Has texts hashed by the cluster.
   *
   * @param rest the cluster
   * @param model the model; another one of its name is noticed
   */
  record ClusterTextHasher(Rest rest, HashModel model) {

    private static final int MAX_TEXTS = 1000;
    private static final int MAX_CHARACTERS = 8_000_000;

    /**
     * A hashed text.
     *
     * @param code as it is written into a document; null when the document gets none
     * @param knownTerms how many different terms of it the model knows
     */
    record TextCode(String code, int knownTerms) {}

    /** The codes of texts, in their order. */
    List<TextCode> hash(List<String> texts) {
      List<TextCode> codes = new ArrayList<>();
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

    private void send(List<String> texts, List<TextCode> codes) {
      ObjectNode body = Json.object();
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
                  new TextCode(
                      model.stamp(doc.path("code").asText()), doc.path("known_terms").asInt())));
    }
  }
}
