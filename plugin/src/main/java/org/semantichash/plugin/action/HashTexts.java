// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.HashedText;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.LoadedModels;
import org.semantichash.plugin.models.ModelId;

/** Hashes texts that are in the request. */
public final class HashTexts extends LocalAction<HashTexts.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/hash");

  /** The most texts of one request. */
  private static final int MAX_TEXTS = 1000;

  private final LoadedModels models;

  /**
   * What is hashed.
   *
   * @param id the model
   * @param texts the texts
   * @param explain whether the known terms are shown
   */
  public record Parameters(ModelId id, List<String> texts, boolean explain) {

    /** Checks the number of texts. */
    public Parameters {
      if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
        throw new IllegalArgumentException(
            "[docs] must have between [1] and ["
                + MAX_TEXTS
                + "] documents, got ["
                + texts.size()
                + "]");
      }
      texts = List.copyOf(texts);
    }
  }

  /** Made by the node. */
  @Inject
  public HashTexts(ActionFilters filters, TransportService transport, LoadedModels models) {
    super(TYPE, filters, transport);
    this.models = models;
  }

  @Override
  void answer(Parameters hash, ActionListener<Answer> listener) {
    models.use(hash.id(), model -> answer(hash, model), listener);
  }

  private static Answer answer(Parameters hash, LoadedModel model) {
    List<Map<String, Object>> codes = new ArrayList<>();
    for (String text : hash.texts()) {
      HashedText hashed = model.hash(text);
      Map<String, Object> fields = fields(hashed);
      if (hash.explain()) {
        fields.putAll(explanation(model, hashed));
      }
      codes.add(fields);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", hash.id().value());
    fields.put("digest", model.digest());
    fields.put("bits", model.bits());
    fields.put("docs", codes);
    return new Answer(fields);
  }

  private static Map<String, Object> fields(HashedText hashed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", hashed.code().toHex());
    fields.put("known_terms", hashed.knownTerms());
    return fields;
  }

  /**
   * What was known of the text, and how clearly each bit was decided: 1 where its margin is > 0.
   */
  private static Map<String, Object> explanation(LoadedModel model, HashedText hashed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    SparseVector vector = hashed.vector();
    fields.put("terms", hashed.terms());
    fields.put(
        "weights",
        IntStream.range(0, vector.size())
            .mapToObj(i -> weight(model.vocabulary().term(vector.id(i)), vector.weight(i)))
            .toList());
    float[] activations = model.activations(hashed);
    float[] thresholds = model.thresholds();
    List<Float> margins = new ArrayList<>();
    List<Float> shown = new ArrayList<>();
    for (int bit = 0; bit < activations.length; bit++) {
      shown.add(activations[bit]);
      margins.add(activations[bit] - thresholds[bit]);
    }
    fields.put("activations", shown);
    fields.put("margins", margins);
    return fields;
  }

  private static Map<String, Object> weight(String term, float weight) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("term", term);
    fields.put("weight", weight);
    return fields;
  }
}
