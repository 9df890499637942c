/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.HashedText;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.Vocabulary;
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
  private final ThreadPool threadPool;

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
  public HashTexts(
      ActionFilters filters,
      TransportService transport,
      LoadedModels models,
      ThreadPool threadPool) {
    super(TYPE, filters, transport);
    this.models = models;
    this.threadPool = threadPool;
  }

  @Override
  void answer(Parameters hash, ActionListener<Answer> listener) {
    threadPool
        .generic()
        .execute(
            ActionRunnable.wrap(
                listener, l -> models.use(hash.id(), model -> answer(hash, model), l)));
  }

  private static Answer answer(Parameters hash, LoadedModel model) {
    List<Map<String, Object>> codes = new ArrayList<>();
    for (String text : hash.texts()) {
      codes.add(fields(model.hash(text), hash.explain() ? model.vocabulary() : null));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", hash.id().value());
    fields.put("digest", model.digest());
    fields.put("bits", model.bits());
    fields.put("docs", codes);
    return new Answer(fields);
  }

  private static Map<String, Object> fields(HashedText hashed, Vocabulary vocabulary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", hashed.code().toHex());
    fields.put("known_terms", hashed.knownTerms());
    if (vocabulary != null) {
      fields.put("terms", hashed.terms());
      SparseVector vector = hashed.vector();
      fields.put(
          "weights",
          IntStream.range(0, vector.size())
              .mapToObj(i -> weight(vocabulary.term(vector.id(i)), vector.weight(i)))
              .toList());
    }
    return fields;
  }

  private static Map<String, Object> weight(String term, float weight) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("term", term);
    fields.put("weight", weight);
    return fields;
  }
}
