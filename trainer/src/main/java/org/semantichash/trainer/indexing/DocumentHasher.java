// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;
import org.semantichash.trainer.indexing.Tally.Outcome;
import org.semantichash.trainer.indexing.TextHasher.Hashed;

/** From documents to codes. */
final class DocumentHasher {

  private final HashingPlan plan;
  private final TextHasher texts;
  private final Tally tally;

  /**
   * Hashes documents as planned.
   *
   * @param tally counts those that get no code
   */
  DocumentHasher(HashingPlan plan, TextHasher texts, Tally tally) {
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
  boolean isEmpty(Hashed hashed) {
    return hashed.knownTerms() < plan.minTerms();
  }

  /** The hashed texts of documents that have one and do not fail, by document. */
  Map<DocumentId, Hashed> codes(List<SourceDocument> documents) {
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
                + "]: a list or a value stands where an object of ["
                + plan.target()
                + "] must be");
      } else {
        ids.add(document.id());
        found.add(text.get());
      }
    }
    return codes(ids, texts.hash(found));
  }

  private Map<DocumentId, Hashed> codes(List<DocumentId> ids, List<Hashed> hashed) {
    Map<DocumentId, Hashed> codes = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      Hashed text = hashed.get(i);
      if (isEmpty(text) == false) {
        codes.put(ids.get(i), text);
      } else {
        addEmpty(ids.get(i), text, codes);
      }
    }
    return codes;
  }

  private void addEmpty(DocumentId id, Hashed text, Map<DocumentId, Hashed> codes) {
    HashModel model = texts.model();
    switch (plan.empty()) {
      case HASH -> codes.put(id, new Hashed(model.stamp(model.emptyCode()), text.knownTerms()));
      case SKIP -> {
        tally.add(Outcome.WITHOUT_TERMS, 1);
        codes.put(id, new Hashed(null, text.knownTerms()));
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
}
