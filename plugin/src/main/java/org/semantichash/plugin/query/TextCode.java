// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.HashedText;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.mapper.CodeMapping;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.TextHashing;

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
   * Chooses the model: the one named by the query, or else the one that all searched indices name.
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
                                "field ["
                                    + field
                                    + "] of index ["
                                    + index
                                    + "] names no [model] to hash [text] with; name one in the"
                                    + " query or in the mapping"))));
    if (models.size() > 1) {
      throw new IllegalArgumentException(
          "the codes in field ["
              + field
              + "] of the searched indices are of different models "
              + models
              + "; search the indices of one model at a time");
    }
    return models.iterator().next();
  }

  /** Hashes the text. */
  void hash(String text, TextHashing hashing, ActionListener<Hashed> listener) {
    hashing.fork(model, loaded -> hash(text, loaded), listener.map(this::checked));
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
                "model ["
                    + model
                    + "] makes codes of ["
                    + bits
                    + "] bits, but field ["
                    + field
                    + "] of index ["
                    + index
                    + "] has codes of ["
                    + mapping.bits()
                    + "] bits");
          }
        });
    return hashed;
  }
}
