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
