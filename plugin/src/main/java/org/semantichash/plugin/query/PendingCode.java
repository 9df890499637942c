// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.core.Strings.format;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.HashedText;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.field.CodeMapping;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.query.QuerySource.LikeDocument;

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
     * @param asked the model named by the query, or null
     * @return null when no searched index on this cluster has such a field and the query names no
     *     model: then the shards know what is wrong
     * @throws IllegalArgumentException when an index names no model, or indices name different ones
     */
    static TextCode choose(String field, ModelId asked, QueryRewriteContext context) {
      Map<String, CodeMapping.Field> fields = CodeMapping.searched(field, context);
      if (asked != null) {
        return new TextCode(field, fields, asked);
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
}
