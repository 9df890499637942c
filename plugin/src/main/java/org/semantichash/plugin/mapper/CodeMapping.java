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
package org.semantichash.plugin.mapper;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.MappingMetadata;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.semantichash.plugin.models.ModelId;

/**
 * What the mapping of an index says of its fields of codes, where there is no shard to ask: a node
 * that coordinates need not hold the index and so has its mapping as text only. A mapping is read
 * once, however many indices have it and however often it is asked for.
 *
 * @param fields the fields by their whole names, with dots
 * @param aliases the fields of type [alias], and what they stand for
 */
public record CodeMapping(Map<String, Field> fields, Map<String, String> aliases) {

  /**
   * A field of type [hash_code].
   *
   * @param nested the innermost nested object that it is in, or null
   * @param bits the width of the codes
   * @param model the name of its model, or null
   * @param digest the first 16 hexadecimal digits of the digest that its codes have, or null when
   *     they are of any
   */
  public record Field(String nested, int bits, String model, String digest) {

    /** The model that makes the codes, when the mapping names one. */
    public Optional<ModelId> modelId() {
      return Optional.ofNullable(model).map(ModelId::new);
    }
  }

  private static final CodeMapping EMPTY = new CodeMapping(Map.of(), Map.of());

  private static final long MAX_WEIGHT = 20_000; // mappings, and names that they hold

  /** By the hash of the mapping, so that what is kept is never out of date, on any node. */
  private static final Cache<String, CodeMapping> READ =
      CacheBuilder.<String, CodeMapping>builder()
          .setMaximumWeight(MAX_WEIGHT)
          .weigher((hash, read) -> 1L + read.fields().size() + read.aliases().size())
          .build();

  /** The mapping of an index. */
  public static CodeMapping of(IndexMetadata index) {
    MappingMetadata mapping = index.mapping();
    if (mapping == null) {
      return EMPTY;
    }
    try {
      return READ.computeIfAbsent(mapping.getSha256(), hash -> of(mapping.sourceAsMap()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot read the mapping of [" + index.getIndex() + "]", e);
    }
  }

  /** Reads a mapping. */
  static CodeMapping of(Map<?, ?> mapping) {
    Map<String, Field> fields = new LinkedHashMap<>();
    Map<String, String> aliases = new HashMap<>();
    new Place("", null, fields, aliases).collect(mapping);
    return fields.isEmpty() ? EMPTY : new CodeMapping(fields, aliases);
  }

  /** The field of this name, or the one that it is an alias of; null when there is none. */
  public Field field(String name) {
    Field field = fields.get(name);
    return field == null && aliases.containsKey(name) ? fields.get(aliases.get(name)) : field;
  }

  /** An object of a mapping, whose fields' names begin with a prefix; a name may hold dots too. */
  private record Place(
      String prefix, String nested, Map<String, Field> found, Map<String, String> aliases) {

    void collect(Map<?, ?> object) {
      for (String children : new String[] {"properties", "fields"}) {
        if (object.get(children) instanceof Map<?, ?> fields) {
          fields.forEach((name, field) -> add(prefix + name, (Map<?, ?>) field));
        }
      }
    }

    private void add(String name, Map<?, ?> field) {
      if (HashCodeFieldMapper.CONTENT_TYPE.equals(field.get("type"))) {
        found.put(
            name,
            new Field(
                nested,
                Integer.parseInt(field.get("bits").toString()),
                (String) field.get("model"),
                (String) field.get("digest")));
      } else if ("alias".equals(field.get("type"))) {
        aliases.put(name, String.valueOf(field.get("path")));
      }
      String inside = "nested".equals(field.get("type")) ? name : nested;
      new Place(name + ".", inside, found, aliases).collect(field);
    }
  }
}
