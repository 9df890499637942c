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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.MappingMetadata;
import org.semantichash.plugin.mapper.HashCodeFieldMapper;
import org.semantichash.plugin.models.ModelId;

/**
 * What the mapping of an index says of a {@code hash_code} field, read on the coordinating node,
 * which need not hold the index and so has its mapping as text only.
 *
 * @param bits the width of the codes
 * @param model the model that makes them, when the mapping names one
 * @param digest the digest of that model's file, when the field is bound to one
 */
public record FieldMapping(int bits, Optional<ModelId> model, Optional<String> digest) {

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
    Map<?, ?> definition = definition(mapping, field);
    if (definition != null && "alias".equals(definition.get("type"))) {
      definition = definition(mapping, String.valueOf(definition.get("path")));
    }
    if (definition == null
        || HashCodeFieldMapper.CONTENT_TYPE.equals(definition.get("type")) == false) {
      return Optional.empty();
    }
    Object model = definition.get("model");
    return Optional.of(
        new FieldMapping(
            Integer.parseInt(definition.get("bits").toString()),
            model == null ? Optional.empty() : Optional.of(new ModelId(model.toString())),
            Optional.ofNullable((String) definition.get("digest"))));
  }

  /** Walks down from a mapping, an object or a multi-field; a name may hold dots of its own. */
  private static Map<?, ?> definition(Map<?, ?> parent, String path) {
    for (String children : new String[] {"properties", "fields"}) {
      if (parent.get(children) instanceof Map<?, ?> properties) {
        Map<?, ?> definition = child(properties, path);
        if (definition != null) {
          return definition;
        }
      }
    }
    return null;
  }

  private static Map<?, ?> child(Map<?, ?> properties, String path) {
    if (properties.get(path) instanceof Map<?, ?> definition) {
      return definition;
    }
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (properties.get(path.substring(0, dot)) instanceof Map<?, ?> parent) {
        Map<?, ?> definition = definition(parent, path.substring(dot + 1));
        if (definition != null) {
          return definition;
        }
      }
    }
    return null;
  }
}
