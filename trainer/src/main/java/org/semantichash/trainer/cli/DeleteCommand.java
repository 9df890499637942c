// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.concurrent.Callable;
import org.semantichash.trainer.cluster.ClusterModels;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.ModelName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = "cluster:admin/semantic_hash/* on the cluster.",
    description = "Delete a model and its unfinished uploads from an Elasticsearch cluster.")
final class DeleteCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The name of the model in the cluster.")
  private String id;

  @Option(
      names = "--force",
      description = "Delete the model even if a pipeline or a mapping names it.")
  private boolean force;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ModelName name = ModelName.ofUser(id);
    try (HttpCluster cluster = clusterArguments.connect()) {
      new ClusterModels(cluster).delete(name, force);
    }
    spec.commandLine().getOut().println("model [" + name + "] deleted");
    return 0;
  }
}
