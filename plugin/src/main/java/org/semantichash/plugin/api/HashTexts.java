// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.POST;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.HashedText;
import org.semantichash.TextExplanation;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;

/** Hashes texts that are in the request. */
public final class HashTexts extends LocalAction<HashTexts.Parameters> {

  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/hash");

  /** The most texts of one request. */
  private static final int MAX_TEXTS = 1000;

  /** The most texts that are explained, each of which costs as much as some dozens hashed. */
  private static final int MAX_EXPLAINED = 100;

  /** The body of a request: {@code {"docs":[{"text":"..."}], "explain":true}}. */
  private record Body(List<String> texts, boolean explain) {

    static Body of(Object[] values) {
      List<String> texts = ((List<?>) values[0]).stream().map(String.class::cast).toList();
      return new Body(texts, Boolean.TRUE.equals(values[1]));
    }
  }

  private static final ConstructingObjectParser<String, Void> TEXT =
      new ConstructingObjectParser<>("docs", values -> (String) values[0]);

  private static final ConstructingObjectParser<Body, Void> BODY =
      new ConstructingObjectParser<>("hash", Body::of);

  static {
    TEXT.declareString(ConstructingObjectParser.constructorArg(), new ParseField("text"));
    BODY.declareObjectArray(
        ConstructingObjectParser.constructorArg(), TEXT, new ParseField("docs"));
    BODY.declareBoolean(
        ConstructingObjectParser.optionalConstructorArg(), new ParseField("explain"));
  }

  private final ModelCache models;

  /**
   * What the request names.
   *
   * @param id the model
   * @param texts the texts
   * @param explain whether it is shown why the codes are what they are
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
      if (explain && texts.size() > MAX_EXPLAINED) {
        throw new IllegalArgumentException(
            "[docs] must have at most ["
                + MAX_EXPLAINED
                + "] documents with [explain], got ["
                + texts.size()
                + "]");
      }
      texts = List.copyOf(texts);
    }
  }

  @Inject
  public HashTexts(ActionFilters filters, TransportService transport, ModelCache models) {
    super(TYPE, filters, transport);
    this.models = models;
  }

  static RestHandler endpoint() {
    return RestEndpoint.object(
        "hash",
        reader(TYPE, HashTexts::parse),
        new Route(POST, "/_semantic_hash/models/{id}/_hash"));
  }

  private static Parameters parse(RestRequest request) throws IOException {
    boolean explain = request.paramAsBoolean("explain", false);
    try (XContentParser parser = request.contentParser()) {
      Body body = BODY.parse(parser, null);
      return new Parameters(
          new ModelId(request.param("id")), body.texts(), explain || body.explain());
    }
  }

  @Override
  protected void respond(Parameters hash, ActionListener<JsonResponse> listener) {
    models.use(hash.id(), model -> response(hash, model), listener);
  }

  private static JsonResponse response(Parameters hash, LoadedModel model) {
    List<Map<String, Object>> codes = new ArrayList<>();
    for (String text : hash.texts()) {
      HashedText hashed = model.hash(text);
      Map<String, Object> fields = fields(hashed);
      if (hash.explain()) {
        fields.putAll(explanation(model, text, hashed));
      }
      codes.add(fields);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", hash.id().value());
    fields.put("digest", model.digest());
    fields.put("bits", model.bits());
    fields.put("docs", codes);
    return new JsonResponse(fields);
  }

  private static Map<String, Object> fields(HashedText hashed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", hashed.code().toHex());
    fields.put("known_terms", hashed.knownTerms());
    return fields;
  }

  /**
   * What was known of the text, how clearly each bit was decided (1 where its margin is > 0), and
   * by which of its terms.
   */
  private static Map<String, Object> explanation(
      LoadedModel model, String text, HashedText hashed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    SparseVector vector = hashed.vector();
    TextExplanation explained = model.explain(text, hashed);
    fields.put("terms", hashed.terms());
    fields.put("unknown_terms", explained.unknownTerms());
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
    fields.put("pulls", explained.pulls().stream().map(HashTexts::pull).toList());
    return fields;
  }

  private static Map<String, Object> pull(TextExplanation.BitPull pull) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bit", pull.bit());
    fields.put("on", pull.on());
    fields.put("off", pull.off());
    return fields;
  }

  private static Map<String, Object> weight(String term, float weight) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("term", term);
    fields.put("weight", weight);
    return fields;
  }
}
