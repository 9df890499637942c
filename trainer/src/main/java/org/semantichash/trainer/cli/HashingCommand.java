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

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.HashingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that hashes the documents of an index with a model as the cluster has it now. */
abstract class HashingCommand implements Callable<Integer> {

  @Mixin private HashIndexArguments arguments;
  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  /**
   * The field for the codes.
   *
   * @throws IllegalArgumentException when none can be
   */
  abstract String target(HashIndexArguments given);

  /**
   * Does what there is to do besides.
   *
   * @param hashing hashes, and gives the exit code
   * @return the exit code
   */
  abstract int run(Rest cluster, HashModel model, HashIndexArguments given, IntSupplier hashing);

  @Override
  public final Integer call() {
    HashingPlan plan = arguments.plan(target(arguments));
    try (HttpCluster cluster = clusterArguments.connect()) {
      arguments.privileges().require(cluster);
      HashModel model = HashModel.read(cluster, arguments.model());
      HashIndexRun hashing = new HashIndexRun(arguments, spec.commandLine().getOut(), err());
      return run(cluster, model, arguments, () -> hashing.run(cluster, model, plan));
    }
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
