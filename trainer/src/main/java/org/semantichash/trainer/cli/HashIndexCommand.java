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
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.HashingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives the documents of an index their codes. */
@Command(
    name = "hash-index",
    mixinStandardHelpOptions = true,
    description =
        "Give the documents of an existing index their codes, in place or in a copy. The cluster"
            + " hashes. Documents that others change meanwhile are never overwritten. The same"
            + " command goes on where an earlier one broke off.")
final class HashIndexCommand implements Callable<Integer> {

  @Option(
      names = "--target",
      defaultValue = "code",
      paramLabel = "FIELD",
      description = "The field for the codes; added if missing. Default: ${DEFAULT-VALUE}")
  private String target;

  @Mixin private HashIndexArguments arguments;
  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    HashingPlan plan = arguments.plan(target);
    try (HttpCluster cluster = clusterArguments.connect()) {
      HashModel model = HashModel.read(cluster, arguments.model());
      return new HashIndexRun(arguments, spec.commandLine().getOut(), spec.commandLine().getErr())
          .run(cluster, model, plan);
    }
  }
}
