// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.search.join.ScoreMode;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.ingest.PipelineConfiguration;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.transport.Transports;
import org.semantichash.plugin.field.CodeMapping;
import org.semantichash.plugin.ingest.SemanticHashProcessor;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ClusterIndices;

/** The ingest pipelines and fields that name models, in the state that the cluster has now. */
public final class ModelReferences {

  /**
   * A field of codes, as the mapping of its index describes it.
   *
   * @param index the name of the index
   * @param name the full name of the field, with dots
   * @param nested the innermost nested object that it is in, or null
   * @param model the name of its model, or null
   * @param digest the first 16 hexadecimal digits of the digest that its codes have, or null when
   *     they may be of any
   */
  record MappedField(String index, String name, String nested, String model, String digest) {

    /** All fields of codes, index by index. */
    static List<MappedField> in(Collection<IndexMetadata> indices) {
      List<MappedField> found = new ArrayList<>();
      for (IndexMetadata index : indices) {
        String name = index.getIndex().getName();
        CodeMapping.of(index)
            .fields()
            .forEach(
                (field, code) ->
                    found.add(
                        new MappedField(name, field, code.nested(), code.model(), code.digest())));
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

  private final Supplier<Collection<IndexMetadata>> indices;
  private final Supplier<Map<String, PipelineConfiguration>> pipelines;

  @Inject
  public ModelReferences(ClusterIndices cluster) {
    this(() -> cluster.now().indices().values(), () -> cluster.now().pipelines());
  }

  ModelReferences(
      Supplier<Collection<IndexMetadata>> indices,
      Supplier<Map<String, PipelineConfiguration>> pipelines) {
    this.indices = indices;
    this.pipelines = pipelines;
  }

  /** The fields of codes of a model, by one of its names. */
  List<MappedField> fields(List<ModelId> names) {
    Set<String> wanted = names.stream().map(ModelId::value).collect(toSet());
    assert Transports.assertNotTransportThread("it parses every mapping");
    return MappedField.in(indices.get()).stream()
        .filter(field -> field.model() != null && wanted.contains(field.model()))
        .toList();
  }

  /** The names of the indices with such fields. */
  List<String> indices(List<ModelId> names) {
    return fields(names).stream().map(MappedField::index).distinct().sorted().toList();
  }

  /** The ids of the ingest pipelines with a processor of this model. */
  private List<String> pipelines(ModelId name) {
    TreeSet<String> found = new TreeSet<>();
    pipelines
        .get()
        .forEach(
            (id, pipeline) -> {
              if (anywhere(pipeline.getConfig(), map -> isProcessor(map, name))) {
                found.add(id);
              }
            });
    return List.copyOf(found);
  }

  private static boolean isProcessor(Map<?, ?> map, ModelId model) {
    return map.get(SemanticHashProcessor.TYPE) instanceof Map<?, ?> options
        && model.value().equals(options.get("model"));
  }

  /** Looks into all objects and lists. */
  private static boolean anywhere(Object value, Predicate<Map<?, ?>> wanted) {
    if (value instanceof Map<?, ?> map) {
      return wanted.test(map) || map.values().stream().anyMatch(v -> anywhere(v, wanted));
    }
    return value instanceof List<?> list && list.stream().anyMatch(v -> anywhere(v, wanted));
  }

  /**
   * Refuses to delete what pipelines or indices name.
   *
   * @param kind model or alias
   * @throws ElasticsearchStatusException with status 409 when there are any
   */
  void requireNone(String kind, ModelId name) {
    List<String> pipelines = pipelines(name);
    List<String> indices = indices(List.of(name));
    if (pipelines.isEmpty() == false || indices.isEmpty() == false) {
      throw new ElasticsearchStatusException(
          "cannot delete {} [{}]: it is used by pipelines {} and indices {}; set [force] to"
              + " delete it all the same",
          RestStatus.CONFLICT,
          kind,
          name,
          pipelines,
          indices);
    }
  }
}
