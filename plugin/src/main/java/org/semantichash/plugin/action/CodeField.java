// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.join.ScoreMode;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.semantichash.plugin.mapper.CodeMapping;

/**
 * A field of codes, as the mapping of its index describes it.
 *
 * @param index the index
 * @param name the field's whole name, with dots
 * @param nested the innermost nested object that it is in, or null
 * @param model the name of its model, or null
 * @param digest the first 16 hexadecimal digits of the digest that its codes have, or null when
 *     they are of any
 */
record CodeField(String index, String name, String nested, String model, String digest) {

  /** All of them, index by index. */
  static List<CodeField> in(ProjectMetadata project) {
    List<CodeField> found = new ArrayList<>();
    for (IndexMetadata index : project.indices().values()) {
      String name = index.getIndex().getName();
      CodeMapping.of(index)
          .fields()
          .forEach(
              (field, code) ->
                  found.add(
                      new CodeField(name, field, code.nested(), code.model(), code.digest())));
    }
    return found;
  }

  /** Whether its codes are known to be of another file than the one with this SHA-256. */
  boolean isOfAnother(String sha256) {
    return digest != null && sha256.startsWith(digest) == false;
  }

  /** Finds the documents that have a code in this field. */
  QueryBuilder exists() {
    QueryBuilder exists = QueryBuilders.existsQuery(name);
    return nested == null ? exists : QueryBuilders.nestedQuery(nested, exists, ScoreMode.None);
  }
}
