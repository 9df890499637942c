// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.HashedText;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.field.CodeMapping;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.wire.Frame;

/** The code of a query's text or document, which is asked for when the query is rewritten. */
final class PendingCode {

  /**
   * What is searched for.
   *
   * @param code in hexadecimal, with the digest of its model where that is known
   * @param model the model that the code is of, or null
   * @param emptyText whether the model knows no term of the text
   */
  record QueryCode(String code, String model, boolean emptyText) {}

  private final SetOnce<QueryCode> found = new SetOnce<>();

  private PendingCode() {}

  /**
   * Reads the code of a document.
   *
   * @param model the model named by the query, or null
   */
  static PendingCode ofDocument(
      LikeDocument document, String field, String model, QueryRewriteContext context) {
    PendingCode pending = new PendingCode();
    context.registerAsyncAction(
        (client, listener) ->
            document.code(
                client,
                field,
                pending.before(listener).map(code -> new QueryCode(code, model, false))));
    return pending;
  }

  static PendingCode ofText(
      String text, TextCode textCode, ModelCache models, QueryRewriteContext context) {
    PendingCode pending = new PendingCode();
    String model = textCode.model().value();
    context.registerAsyncAction(
        (client, listener) ->
            textCode.hash(
                text,
                models,
                pending
                    .before(listener)
                    .map(
                        hashed ->
                            new QueryCode(hashed.code().toString(), model, hashed.emptyText()))));
    return pending;
  }

  /** Takes the code, and then tells the rewriting, which wants no value. */
  private <T> ActionListener<QueryCode> before(ActionListener<T> rewriting) {
    return rewriting.map(
        code -> {
          found.set(code);
          return null;
        });
  }

  /** The code, or null while it is being read or hashed. */
  QueryCode found() {
    return found.get();
  }

  /**
   * The code of a query's text: which model makes it, and whether it fits the fields it is for.
   *
   * @param field the name of the searched field
   * @param fields what the mappings of the searched indices on this cluster say of it
   * @param model the model that makes the code
   */
  record TextCode(String field, Map<String, CodeMapping.Field> fields, ModelId model) {

    /**
     * What hashing the text gave.
     *
     * @param code its code, stamped with the digest of the model that made it
     * @param emptyText whether the model knows no term of the text
     */
    record Hashed(StampedCode code, boolean emptyText) {}

    /**
     * Chooses the model: the one named by the query, or else the one that all searched indices
     * name.
     *
     * @param named the model named by the query, or null
     * @return null when no searched index on this cluster has such a field and the query names no
     *     model: then the shards know what is wrong
     * @throws IllegalArgumentException when an index names no model, or indices name different ones
     */
    static TextCode choose(String field, ModelId named, QueryRewriteContext context) {
      Map<String, CodeMapping.Field> fields = CodeMapping.searched(field, context);
      if (named != null) {
        return new TextCode(field, fields, named);
      }
      return fields.isEmpty() ? null : new TextCode(field, fields, onlyModel(field, fields));
    }

    private static ModelId onlyModel(String field, Map<String, CodeMapping.Field> fields) {
      Set<ModelId> models = new LinkedHashSet<>();
      fields.forEach(
          (index, mapping) ->
              models.add(
                  mapping
                      .modelId()
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  format(
                                      "field [%s] of index [%s] names no [model] to hash [text] with; name one in"
                                          + " the query or in the mapping",
                                      field, index)))));
      if (models.size() > 1) {
        throw new IllegalArgumentException(
            format(
                "the codes in field [%s] of the searched indices are of different models %s;"
                    + " search the indices of one model at a time",
                field, models));
      }
      return models.iterator().next();
    }

    void hash(String text, ModelCache models, ActionListener<Hashed> listener) {
      models.fork(model, loaded -> hash(text, loaded), listener.map(this::checked));
    }

    private static Hashed hash(String text, LoadedModel loaded) {
      HashedText hashed = loaded.hash(text);
      return new Hashed(
          new StampedCode(hashed.code(), loaded.stamp(), null), hashed.knownTerms() == 0);
    }

    private Hashed checked(Hashed hashed) {
      int bits = hashed.code().code().bits();
      fields.forEach(
          (index, mapping) -> {
            if (mapping.bits() != bits) {
              throw new IllegalArgumentException(
                  format(
                      "model [%s] makes codes of [%s] bits, but field [%s] of index [%s] has codes"
                          + " of [%s] bits",
                      model, bits, field, index, mapping.bits()));
            }
          });
      return hashed;
    }
  }

  /**
   * A document whose code is searched for.
   *
   * <p>The code is read by a search for the id, with the rights of the caller: unlike a get, a
   * search reads doc values, so it works where {@code _source} does not hold the code, and it needs
   * no right that the query itself does not need. As every search it sees what has been refreshed.
   *
   * @param index the name of one index, or an alias of one
   * @param id the document
   * @param routing where it was indexed with one; may be null, then all shards are asked
   */
  record LikeDocument(String index, String id, String routing)
      implements Writeable, ToXContentObject {

    private static final ParseField INDEX = new ParseField("_index");
    private static final ParseField ID = new ParseField("_id");
    private static final ParseField ROUTING = new ParseField("routing");

    private static final ObjectParser.ValueType STRING_OR_NUMBER = ObjectParser.ValueType.LONG;

    static final ConstructingObjectParser<LikeDocument, Void> PARSER =
        new ConstructingObjectParser<>(
            "like", args -> new LikeDocument((String) args[0], (String) args[1], (String) args[2]));

    static {
      PARSER.declareString(ConstructingObjectParser.constructorArg(), INDEX);
      PARSER.declareField(
          ConstructingObjectParser.constructorArg(), (p, c) -> p.text(), ID, STRING_OR_NUMBER);
      PARSER.declareField(
          ConstructingObjectParser.optionalConstructorArg(),
          (p, c) -> p.text(),
          ROUTING,
          STRING_OR_NUMBER);
    }

    LikeDocument {
      if (index.isEmpty() || id.isEmpty()) {
        throw new IllegalArgumentException(
            "[like] must name a document, got [_index] [" + index + "] and [_id] [" + id + "]");
      }
    }

    LikeDocument(StreamInput in) throws IOException {
      this(Frame.open(in, HammingQueryBuilder.NAME));
    }

    private LikeDocument(Frame body) throws IOException {
      this(body.readString(), body.readString(), body.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeString(index);
            body.writeString(id);
            body.writeOptionalString(routing);
          });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      builder.startObject();
      builder.field(INDEX.getPreferredName(), index);
      builder.field(ID.getPreferredName(), id);
      if (routing != null) {
        builder.field(ROUTING.getPreferredName(), routing);
      }
      return builder.endObject();
    }

    /**
     * Reads the document's code, in hexadecimal, with the digest that its field is bound to.
     *
     * @throws ElasticsearchStatusException to the listener, with status 404 when there is no such
     *     document and 400 when it has no code or its routing must be known
     */
    void code(Client client, String field, ActionListener<String> listener) {
      SearchSourceBuilder source =
          new SearchSourceBuilder()
              .query(QueryBuilders.idsQuery().addIds(id))
              .size(2)
              .fetchSource(false)
              .docValueField(field, HashCodeFieldType.STAMPED)
              .trackTotalHits(false);
      SearchRequest request =
          new SearchRequest(new String[] {index}, source)
              .routing(routing)
              .indicesOptions(IndicesOptions.strictSingleIndexNoExpandForbidClosed())
              .allowPartialSearchResults(false);
      client.search(request, listener.map(response -> code(field, response.getHits())));
    }

    private String code(String field, SearchHits hits) {
      SearchHit[] found = hits.getHits();
      if (found.length == 0) {
        throw new ResourceNotFoundException(
            "[like] document [{}] not found in index [{}]", id, index);
      }
      if (found.length > 1) {
        throw new IllegalArgumentException(
            format(
                "[like] must name one document, index [%s] has several with id [%s]: give"
                    + " their [routing]",
                index, id));
      }
      DocumentField codes = found[0].field(field);
      if (codes == null || codes.getValue() == null) {
        throw new IllegalArgumentException(
            format(
                "[like] document [%s] of index [%s] has no code in field [%s]", id, index, field));
      }
      if (codes.getValues().size() > 1) {
        throw new IllegalArgumentException(
            format(
                "[like] document [%s] of index [%s] must have one value in field [%s], got [%s]",
                id, index, field, codes.getValues().size()));
      }
      return inHex(codes.getValue().toString());
    }

    /** Hexadecimal cannot be taken for base64. */
    private static String inHex(String base64) {
      int stamp = base64.indexOf('@');
      int end = stamp < 0 ? base64.length() : stamp;
      byte[] code = Base64.getDecoder().decode(base64.substring(0, end));
      return HexFormat.of().formatHex(code) + base64.substring(end);
    }
  }
}
