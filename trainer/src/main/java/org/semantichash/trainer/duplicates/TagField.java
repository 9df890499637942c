// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.FieldPath;

/**
 * The field for tags in the mappings: a keyword, that can be searched, sorted and collapsed by.
 * What Elasticsearch would make of the first tag is a text.
 *
 * @param cluster the cluster
 * @param name the name of the field, a path with dots
 */
public record TagField(Rest cluster, String name) {

  private static final String TYPE = "keyword";

  /**
   * Looks whether the field is a keyword, or missing.
   *
   * @param indices names or patterns, with commas between them
   * @throws IllegalArgumentException when it is of another type in an index
   */
  public void check(String indices) {
    lacking(indices);
  }

  /** Adds the field to the mappings of indices that lack it. */
  public void add(List<String> indices) {
    for (String index : indices) {
      for (String lacking : lacking(index)) {
        ObjectNode mapping = Body.empty();
        new FieldPath(name).define(mapping, Body.empty().put("type", TYPE));
        cluster.ask("PUT", encoded(lacking) + "/_mapping", mapping);
      }
    }
  }

  private List<String> lacking(String indices) {
    return cluster
        .ask("GET", encoded(indices) + "/_mapping")
        .propertyStream()
        .filter(index -> isMissing(index.getKey(), index.getValue().path("mappings")))
        .map(index -> index.getKey())
        .toList();
  }

  private boolean isMissing(String index, JsonNode mapping) {
    JsonNode found = new FieldPath(name).definition(mapping);
    String type = found.path("type").asText("object");
    if (found.isMissingNode() == false && type.equals(TYPE) == false) {
      throw new IllegalArgumentException(
          "[tag_field] must be of type ["
              + TYPE
              + "], but field ["
              + name
              + "] of index ["
              + index
              + "] is of type ["
              + type
              + "]; name another one with --tag-field");
    }
    return found.isMissingNode();
  }

  private static String encoded(String indices) {
    return URLEncoder.encode(indices, StandardCharsets.UTF_8);
  }
}
