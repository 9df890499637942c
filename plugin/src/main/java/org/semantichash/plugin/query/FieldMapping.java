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
package org.semantichash.plugin.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.MappingMetadata;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.plugin.mapper.HashCodeFieldMapper;
import org.semantichash.plugin.models.ModelId;

/**
 * What the mapping of an index says of a {@code hash_code} field, read on the coordinating node,
 * which need not hold the index and so has its mapping as text only.
 *
 * @param bits the width of the codes
 * @param model the model that makes them, when the mapping names one
 * @param digest the digest of that model's file, when the field is bound to one
 * @param nested the innermost nested object that the field is in, when there is one
 */
public record FieldMapping(
    int bits, Optional<ModelId> model, Optional<String> digest, Optional<String> nested) {

  /**
   * The fields of this name in the searched indices of this cluster, by the name of their index.
   */
  static Map<String, FieldMapping> searched(String field, QueryRewriteContext context) {
    ResolvedIndices indices = context.getResolvedIndices();
    return indices == null
        ? Map.of()
        : of(field, indices.getConcreteLocalIndicesMetadata().values());
  }

  /** The fields of this name and type, by the name of their index; other indices are left out. */
  public static Map<String, FieldMapping> of(String field, Iterable<IndexMetadata> indices) {
    Map<String, FieldMapping> found = new LinkedHashMap<>();
    for (IndexMetadata index : indices) {
      MappingMetadata mapping = index.mapping();
      if (mapping != null) {
        of(field, mapping.sourceAsMap()).ifPresent(m -> found.put(index.getIndex().getName(), m));
      }
    }
    return found;
  }

  /** The field of this name, or the one that it is an alias of, when it is a {@code hash_code}. */
  static Optional<FieldMapping> of(String field, Map<?, ?> mapping) {
    Place root = new Place(mapping, "", null);
    Place place = root.find(field);
    if (place != null && "alias".equals(place.definition().get("type"))) {
      place = root.find(String.valueOf(place.definition().get("path")));
    }
    if (place == null) {
      place = root.findPassedThrough(field);
    }
    if (place == null
        || HashCodeFieldMapper.CONTENT_TYPE.equals(place.definition().get("type")) == false) {
      return Optional.empty();
    }
    Object model = place.definition().get("model");
    return Optional.of(
        new FieldMapping(
            Integer.parseInt(place.definition().get("bits").toString()),
            model == null ? Optional.empty() : Optional.of(new ModelId(model.toString())),
            Optional.ofNullable((String) place.definition().get("digest")),
            Optional.ofNullable(place.nested())));
  }

  /**
   * A mapping, an object, a field or a multi-field, and where it is.
   *
   * @param definition what the mapping says of it
   * @param path its full name
   * @param nested the innermost nested object that it is in, or null
   */
  private record Place(Map<?, ?> definition, String path, String nested) {

    /** Walks down from here; a name may hold dots of its own. */
    Place find(String rest) {
      for (Place child : children()) {
        String name = child.path.substring(path.isEmpty() ? 0 : path.length() + 1);
        if (rest.equals(name)) {
          return child;
        }
        if (rest.startsWith(name + ".")) {
          Place found = child.find(rest.substring(name.length() + 1));
          if (found != null) {
            return found;
          }
        }
      }
      return null;
    }

    /** The field that has this name without the name of the object that passes it through. */
    Place findPassedThrough(String name) {
      List<Place> objects = new ArrayList<>();
      collectPassthrough(objects);
      objects.sort(Comparator.comparingInt(Place::priority).reversed());
      return objects.stream()
          .map(object -> object.find(name))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }

    private void collectPassthrough(List<Place> objects) {
      for (Place child : children()) {
        if ("passthrough".equals(child.definition.get("type"))) {
          objects.add(child);
        }
        child.collectPassthrough(objects);
      }
    }

    private int priority() {
      Object priority = definition.get("priority");
      return priority == null ? 0 : Integer.parseInt(priority.toString());
    }

    private List<Place> children() {
      List<Place> children = new ArrayList<>();
      for (String kind : new String[] {"properties", "fields"}) {
        if (definition.get(kind) instanceof Map<?, ?> named) {
          String inside = "nested".equals(definition.get("type")) ? path : nested;
          String prefix = path.isEmpty() ? "" : path + ".";
          named.forEach(
              (name, child) -> {
                if (child instanceof Map<?, ?> map) {
                  children.add(new Place(map, prefix + name, inside));
                }
              });
        }
      }
      return children;
    }
  }
}
