// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.semantichash.trainer.cluster.ClusterModels;
import org.semantichash.trainer.cluster.HttpCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = "cluster:monitor/semantic_hash/* on the cluster.",
    description =
        "List the models of an Elasticsearch cluster with name, bits, method, size and digest.")
final class ModelsCommand implements Callable<Integer> {

  private static final String HEADER = "model\tbits\tmethod\tsize_in_bytes\tdigest";

  @Option(names = "--json", description = "Print a JSON line with all there is for each model.")
  private boolean json;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (HttpCluster cluster = clusterArguments.connect()) {
      if (json == false) {
        out.println(HEADER);
      }
      for (JsonNode model : new ClusterModels(cluster).list()) {
        out.println(json ? model.toString() : line(model));
      }
    }
    return 0;
  }

  private static String line(JsonNode model) {
    return String.join(
        "\t",
        model.path("model").asText(),
        model.path("bits").asText(),
        model.path("method").asText(),
        model.path("size_in_bytes").asText(),
        model.path("digest").asText());
  }
}
