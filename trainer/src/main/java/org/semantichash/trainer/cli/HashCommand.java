// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.HashPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that hashes the documents of an index with a model as the cluster has it now. */
abstract class HashCommand implements Callable<Integer> {

  /** For the help of both commands. */
  static final String PRIVILEGES =
      "cluster:monitor/semantic_hash/* on the cluster; read, view_index_metadata and index on the"
          + " index, and manage to add the field; with --into also read, create_index, index, delete"
          + " and manage on the new index, and manage on both for --alias or --block-writes.";

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
    HashPlan plan = arguments.plan(target(arguments));
    try (HttpCluster cluster = clusterArguments.connect()) {
      arguments.privileges().require(cluster);
      HashModel model = HashModel.read(cluster, arguments.model());
      HashIndexRun hashing =
          new HashIndexRun(arguments.runOptions(), spec.commandLine().getOut(), err());
      return run(cluster, model, arguments, () -> hashing.run(cluster, model, plan));
    }
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** What is hashed, and how: common to the commands that do it. */
  static final class HashIndexArguments {

    @Option(
        names = "--index",
        required = true,
        paramLabel = "INDEX",
        description = "The index, data stream or alias.")
    String index;

    @Option(
        names = "--field",
        required = true,
        paramLabel = "FIELD",
        description = "The field with the text, a string or an array of strings.")
    private String field;

    @Option(
        names = "--model",
        required = true,
        paramLabel = "ID",
        description =
            "The name of the model in the cluster, or of one that comes with the plugin, such as"
                + " _near_duplicates_64 for near-duplicates.")
    private String model;

    @Option(
        names = "--into",
        paramLabel = "INDEX",
        description = "Copy all documents, with their codes, into this new index.")
    String into; // the new index; null when the codes go into the documents where they are

    @Option(
        names = "--alias",
        paramLabel = "ALIAS",
        description = "With --into: move this alias to the new index at the end, atomically.")
    String alias; // to move; null for none

    @Option(
        names = "--block-writes",
        description =
            "With --into: block writes to the old index before the last comparison, so that"
                + " nothing is lost. The block stays.")
    boolean blockWrites;

    @Option(
        names = "--slices",
        defaultValue = "4",
        paramLabel = "N",
        description =
            "The number of slices of the index that are processed in parallel. Default:"
                + " ${DEFAULT-VALUE}")
    private int slices;

    @Option(
        names = "--batch",
        defaultValue = "500",
        paramLabel = "N",
        description = "Documents per request. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
        names = "--rate",
        defaultValue = "0",
        paramLabel = "N",
        description = "The most documents per second; 0 for no limit. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
        names = "--passes",
        defaultValue = "5",
        paramLabel = "N",
        description =
            "How many times to retry documents that others changed in the meantime. Default:"
                + " ${DEFAULT-VALUE}")
    private int passes;

    @Option(
        names = "--empty",
        paramLabel = "hash|skip|fail",
        defaultValue = "skip",
        description =
            "Texts with fewer than --min-terms known terms: skip leaves them without a"
                + " code, hash gives them the code of an empty text, fail counts them as failed."
                + " The ingest processor has the same choice. Default: ${DEFAULT-VALUE}")
    private HashPlan.Empty empty;

    @Option(
        names = "--min-terms",
        paramLabel = "N",
        defaultValue = "1",
        description =
            "The fewest different known terms that a text must have. Default: ${DEFAULT-VALUE}")
    private int minTerms;

    @Option(
        names = "--replace-bare",
        description = "Replace codes that do not say which model made them. Default: keep them")
    private boolean replaceBare;

    @Option(
        names = "--multi-index-hashing",
        description = "Index a new field for searches within small radii.")
    private boolean multiIndexHashing;

    @Option(names = "--dry-run", description = "Write nothing; say what would be done.")
    boolean dryRun;

    @Option(names = "--json", description = "Print the summary as one line of JSON.")
    boolean json;

    HashPlan plan(String target) {
      if (into == null && (alias != null || blockWrites)) {
        throw new IllegalArgumentException("[alias] and [block-writes] need [into]");
      }
      return new HashPlan(
          index,
          new FieldPath(field),
          new FieldPath(target),
          multiIndexHashing,
          empty,
          minTerms,
          replaceBare,
          slices,
          batch,
          rate,
          passes);
    }

    HashIndexRun.RunOptions runOptions() {
      return new HashIndexRun.RunOptions(into, alias, blockWrites, dryRun, json);
    }

    /** What is needed whatever the field and the mapping are. */
    Privileges privileges() {
      Map<String, List<String>> indices = new LinkedHashMap<>();
      List<String> source = new ArrayList<>(List.of("read", "view_index_metadata"));
      if (dryRun == false) {
        if (into == null) {
          source.add("index");
        } else {
          indices.put(into, List.of("read", "create_index", "index", "delete", "manage"));
        }
        if (alias != null || blockWrites) {
          source.add("manage");
        }
      }
      indices.put(index, source);
      return new Privileges(List.of("cluster:monitor/semantic_hash/model/hash"), indices);
    }

    ModelName model() {
      return new ModelName(model);
    }
  }
}
