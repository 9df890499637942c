// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.ingest.IngestMetadata;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.ingest.SemanticHashProcessor;
import org.semantichash.plugin.models.ModelId;

/**
 * Who names a model or an alias.
 *
 * @param pipelines the ids of ingest pipelines with a processor of this model
 * @param indices the names of indices with a field of its codes
 */
record ModelUsers(List<String> pipelines, List<String> indices) {

  /** Those in the cluster's state. */
  static ModelUsers of(List<ModelId> names, ProjectMetadata project) {
    Set<Object> wanted = names.stream().map(ModelId::value).collect(toSet());
    return new ModelUsers(pipelines(wanted, project), indices(wanted, project));
  }

  private static List<String> pipelines(Set<Object> names, ProjectMetadata project) {
    IngestMetadata ingest = project.custom(IngestMetadata.TYPE);
    TreeSet<String> found = new TreeSet<>();
    if (ingest != null) {
      ingest
          .getPipelines()
          .forEach(
              (id, pipeline) -> {
                if (anywhere(pipeline.getConfig(), map -> isProcessor(map, names))) {
                  found.add(id);
                }
              });
    }
    return List.copyOf(found);
  }

  private static boolean isProcessor(Map<?, ?> map, Set<Object> names) {
    return map.get(SemanticHashProcessor.TYPE) instanceof Map<?, ?> options
        && names.contains(options.get("model"));
  }

  private static List<String> indices(Set<Object> names, ProjectMetadata project) {
    return CodeField.in(project).stream()
        .filter(field -> names.contains(field.model()))
        .map(CodeField::index)
        .distinct()
        .sorted()
        .toList();
  }

  /** Looks into all objects and lists. */
  private static boolean anywhere(Object value, Predicate<Map<?, ?>> wanted) {
    if (value instanceof Map<?, ?> map) {
      return wanted.test(map) || map.values().stream().anyMatch(v -> anywhere(v, wanted));
    }
    return value instanceof List<?> list && list.stream().anyMatch(v -> anywhere(v, wanted));
  }

  /**
   * Refuses to delete what they name.
   *
   * @param kind what it is
   * @throws ElasticsearchStatusException with status 409 when there are any
   */
  void requireNone(String kind, ModelId name) {
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
