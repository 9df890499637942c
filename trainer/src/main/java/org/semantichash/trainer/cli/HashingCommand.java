// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
