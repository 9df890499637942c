// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.MappingMetadata;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.plugin.models.ModelId;

/**
 * What the mapping of an index says of its fields of codes, where there is no shard to ask: a node
 * that coordinates need not hold the index and so has its mapping as text only. A mapping is read
 * once, however many indices have it and however often it is asked for.
 *
 * @param fields the fields by their whole names, with dots
 * @param aliases the fields of type [alias], and what they stand for
 * @param passthrough the objects whose fields can be named without them, the first ones first
 */
public record CodeMapping(
    Map<String, Field> fields, Map<String, String> aliases, List<String> passthrough) {

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

  private static final CodeMapping EMPTY = new CodeMapping(Map.of(), Map.of(), List.of());

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

  /** The fields of this name in the searched indices of this cluster, by the name of the index. */
  public static Map<String, Field> searched(String field, QueryRewriteContext context) {
    ResolvedIndices indices = context.getResolvedIndices();
    Map<String, Field> found = new LinkedHashMap<>();
    if (indices != null) {
      for (IndexMetadata index : indices.getConcreteLocalIndicesMetadata().values()) {
        Field mapped = of(index).field(field);
        if (mapped != null) {
          found.put(index.getIndex().getName(), mapped);
        }
      }
    }
    return found;
  }

  static CodeMapping of(Map<?, ?> mapping) {
    MappingWalk places = new MappingWalk();
    places.collect("", null, mapping);
    List<String> passthrough = new ArrayList<>(places.priorities.keySet());
    passthrough.sort(Comparator.comparing(places.priorities::get).reversed());
    return places.fields.isEmpty()
        ? EMPTY
        : new CodeMapping(places.fields, places.aliases, passthrough);
  }

  /** The field of this name, or the one that the name stands for; null when there is none. */
  public Field field(String name) {
    Field field = fields.get(name);
    if (field == null && aliases.containsKey(name)) {
      field = fields.get(aliases.get(name));
    }
    for (int i = 0; field == null && i < passthrough.size(); i++) {
      field = fields.get(passthrough.get(i) + "." + name);
    }
    return field;
  }

  /** What a walk through a mapping finds; a name may hold dots of its own. */
  private static final class MappingWalk {

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Integer> priorities = new LinkedHashMap<>();

    void collect(String prefix, String nested, Map<?, ?> object) {
      for (String children : new String[] {"properties", "fields"}) {
        if (object.get(children) instanceof Map<?, ?> named) {
          named.forEach((name, field) -> add(prefix + name, nested, (Map<?, ?>) field));
        }
      }
    }

    private void add(String name, String nested, Map<?, ?> field) {
      Object type = field.get("type");
      if (HashCodeFieldMapper.CONTENT_TYPE.equals(type)) {
        int bits = Integer.parseInt(field.get("bits").toString());
        fields.put(
            name,
            new Field(nested, bits, (String) field.get("model"), (String) field.get("digest")));
      } else if ("alias".equals(type)) {
        aliases.put(name, String.valueOf(field.get("path")));
      } else if ("passthrough".equals(type)) {
        Object priority = field.get("priority");
        priorities.put(name, priority == null ? 0 : Integer.parseInt(priority.toString()));
      }
      collect(name + ".", "nested".equals(type) ? name : nested, field);
    }
  }
}
