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
package org.semantichash.trainer.cli;

import java.util.concurrent.Callable;
import org.semantichash.trainer.cluster.Cluster;
import org.semantichash.trainer.cluster.ClusterModels;
import org.semantichash.trainer.cluster.ModelName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes a model of a cluster. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = "cluster:admin/semantic_hash/* on the cluster.",
    description = "Delete a model, and unfinished uploads of it, from an Elasticsearch cluster.")
final class DeleteCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The model's name in the cluster.")
  private String id;

  @Option(names = "--force", description = "Even when a pipeline or a mapping names it.")
  private boolean force;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ModelName name = new ModelName(id);
    try (Cluster cluster = clusterArguments.connect()) {
      new ClusterModels(cluster).delete(name, force);
    }
    spec.commandLine().getOut().println("model [" + name + "] deleted");
    return 0;
  }
}
