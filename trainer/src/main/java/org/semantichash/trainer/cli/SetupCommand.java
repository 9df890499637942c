// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.semantichash.trainer.cli.SetupRun.SetupPlan;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.indexing.FieldPath;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole road from an index without codes to answers. */
@Command(
    name = "setup",
    sortOptions = false,
    customSynopsis =
        "semantic-hash setup --index=INDEX --field=FIELD [OPTION]... [OPTION OF TRAIN]...",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer =
        "cluster:monitor/semantic_hash/*, cluster:admin/semantic_hash/* and manage_ingest_pipelines"
            + " on the cluster; read, view_index_metadata, index and manage on the index; with"
            + " --into also read, create_index, index, delete and manage on the new index.",
    description = {
      "Train a model on the texts of an index, store it in the cluster, and give the index codes:"
          + " those of its documents, and of the documents to come.",
      "Each step looks at what is there before it does anything, so the same command resumes an"
          + " interrupted run, and changes nothing when all is done. Options of train may be"
          + " given too."
    })
final class SetupCommand implements Callable<Integer> {

  /** The steps in their order; with --into the codes come before the pipeline. */
  enum StepName {
    RIGHTS,
    TRAIN,
    UPLOAD,
    MAPPING,
    PIPELINE,
    HASH,
    ALIAS,
    CHECK,
    RADIUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What train has in common with every command on an index. */
  private static final Set<String> CONNECTION =
      Set.of("--url", "--user", "--api-key", "--ca", "--index", "--field", "--stacktrace");

  @Option(
      names = "--index",
      required = true,
      paramLabel = "INDEX",
      description = "The index, data stream or alias.")
  private String index;

  @Option(
      names = "--field",
      required = true,
      paramLabel = "FIELD",
      description = "The field with the text, a string or an array of strings.")
  private String field;

  @Option(
      names = "--code-field",
      defaultValue = "code",
      paramLabel = "FIELD",
      description = "The field for the codes, added if it is missing. Default: ${DEFAULT-VALUE}")
  private String codeField;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description =
          "Use this model of the cluster, or one that comes with the plugin. Default: train one")
  private String model;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The name of the trained model in the cluster. Default: the name of the index")
  private String id;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The model file to write; if it is there and comes from this index, nothing is trained."
              + " Default: the name of the model, with .onnx")
  private Path output;

  @Option(
      names = "--query",
      paramLabel = "FILE|JSON",
      description =
          "Train on the documents that match this query, as JSON or a file with it. Default: all")
  private String query;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "The most documents to train on, drawn at random. Default: 100000")
  @SuppressWarnings("UnusedVariable") // train gets it as it was given
  private Integer sample;

  @Option(
      names = "--into",
      paramLabel = "INDEX",
      description = "Copy all documents, with their codes, into this new index. Default: in place")
  private String into;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description = "With --into: move this alias to the new index at the end, atomically.")
  private String alias;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description =
          "The name of the ingest pipeline for documents to come. Default: that of the trained"
              + " model or of the index that gets the codes, with -codes; another field than code"
              + " stands between them")
  private String pipeline;

  @Option(
      names = "--skip",
      split = ",",
      paramLabel = "STEP",
      description = "Leave out steps: ${COMPLETION-CANDIDATES}.")
  private Set<StepName> skipped = EnumSet.noneOf(StepName.class);

  @Option(names = "--dry-run", description = "Write nothing; print what would be done.")
  private boolean dryRun;

  @Mixin private ClusterArguments clusterArguments;

  @Mixin
  @SuppressWarnings("UnusedVariable") // train gets it as it was given
  private FeatureArguments featureArguments;

  @Mixin
  @SuppressWarnings("UnusedVariable") // train gets it as it was given
  private TrainingArguments trainingArguments;

  @Mixin
  @SuppressWarnings("UnusedVariable") // train gets it as it was given
  private QuantisationArguments quantisationArguments;

  @Mixin
  @SuppressWarnings("UnusedVariable") // train gets it as it was given
  private ReportArguments reportArguments;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SetupPlan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    try (HttpCluster cluster = clusterArguments.connect()) {
      SetupRun run = new SetupRun(cluster, plan, this::train, out, spec.commandLine().getErr());
      return dryRun ? run.printPlan() : run.run();
    }
  }

  private SetupPlan plan() {
    if (into == null && alias != null) {
      throw new IllegalArgumentException("[alias] needs [into]");
    }
    if (model != null && (id != null || output != null || trainingOptions().isEmpty() == false)) {
      throw new IllegalArgumentException(
          "[model] names a model that the cluster has; [id], [output] and options of train are for"
              + " one that is trained");
    }
    if (query != null) {
      IndexArguments.QueryArgument.parse(query);
    }
    ModelName name =
        model != null ? new ModelName(model) : ModelName.ofUser(id == null ? nameOfIndex() : id);
    return new SetupPlan(
        index,
        new FieldPath(field),
        new FieldPath(codeField),
        name,
        model == null
            ? Optional.of(output == null ? Path.of(name + ".onnx") : output)
            : Optional.empty(),
        Optional.ofNullable(into),
        Optional.ofNullable(alias),
        pipeline == null ? defaultPipeline(name) : pipeline,
        skipped.isEmpty() ? EnumSet.noneOf(StepName.class) : EnumSet.copyOf(skipped));
  }

  /** Each index and each field gets its own. */
  private String defaultPipeline(ModelName name) {
    String of = model == null ? name.value() : into == null ? nameOfIndex() : into;
    return of + (codeField.equals("code") ? "" : "-" + codeField) + "-codes";
  }

  /** A pattern, a list or a hidden index is no name of a model or a pipeline. */
  private String nameOfIndex() {
    if (index.matches("[a-z0-9][a-z0-9._-]*") == false) {
      throw new IllegalArgumentException(
          "["
              + (model == null ? "id" : "pipeline")
              + "] must be given, since [index] ["
              + index
              + "] is no name for one");
    }
    return index;
  }

  /** Trains with the options of this command that train has, too; the exit code. */
  private int train(Path file) throws IOException {
    TrainCommand train = new TrainCommand();
    List<String> arguments = new ArrayList<>(forwarded(Set.of()));
    arguments.add("--output=" + file);
    if (TrainingCheckpoint.isBeside(file)) {
      arguments.add("--continue=" + file);
      train.mayBeginAgain();
    }
    new CommandLine(train)
        .setOut(spec.commandLine().getOut())
        .setErr(spec.commandLine().getErr())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return train.call();
  }

  /** The given options that train has, too, as it takes them. */
  private List<String> forwarded(Set<String> without) {
    CommandSpec train = new CommandLine(new TrainCommand()).getCommandSpec();
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (name.equals("--output") || without.contains(name) || train.findOption(name) == null) {
        continue;
      }
      if (option.getValue() instanceof Boolean flag) {
        arguments.add(flag ? name : name.replaceFirst("--", "--no-")); // as picocli negates
      } else {
        option.originalStringValues().forEach(value -> arguments.add(name + "=" + value));
      }
    }
    return arguments;
  }

  private List<String> trainingOptions() {
    return forwarded(CONNECTION);
  }
}
