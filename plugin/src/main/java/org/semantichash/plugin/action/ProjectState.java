// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.transport.Transports;
import org.semantichash.plugin.models.ModelId;

/** What the cluster's state says of models. */
record ProjectState(ClusterService clusterService, ProjectResolver projects) {

  /** The fields of codes of a model, by one of its names, now. */
  List<CodeField> fields(List<ModelId> names) {
    assert Transports.assertNotTransportThread("it parses every mapping");
    Set<String> wanted = names.stream().map(ModelId::value).collect(toSet());
    return CodeField.in(projects.getProjectMetadata(clusterService.state())).stream()
        .filter(field -> field.model() != null && wanted.contains(field.model()))
        .toList();
  }

  /** Who names a model, by one of its names, now. */
  ModelUsers users(List<ModelId> names) {
    assert Transports.assertNotTransportThread("it parses every mapping");
    return ModelUsers.of(names, projects.getProjectMetadata(clusterService.state()));
  }
}
