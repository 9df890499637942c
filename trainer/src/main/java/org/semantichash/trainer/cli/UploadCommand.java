// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.trainer.cluster.ClusterModels;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.ModelUpload;
import org.semantichash.trainer.cluster.Privileges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer =
        "cluster:admin/semantic_hash/* and cluster:monitor/semantic_hash/* on the cluster; to count"
            + " the documents with old codes, read on their indices.",
    description =
        "Upload a model file to an Elasticsearch cluster with the plugin. A large file is sent in"
            + " parts; the same command resumes an interrupted upload.")
final class UploadCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path modelFile;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The name of the model in the cluster. Default: the name of the file without .onnx")
  private String id;

  @Option(
      names = "--replace",
      description =
          "Replace another model of this name. Fields with its codes then refuse new codes,"
              + " so the command lists them and asks for confirmation. Prefer another --id and"
              + " --alias.")
  private boolean replace;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description =
          "Point this alias to the model afterwards; pipelines and mappings that name the"
              + " alias follow immediately.")
  private String alias;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    EncoderModel model = FileArguments.readModel(modelFile);
    ModelName name = id == null ? ModelName.of(modelFile) : ModelName.ofUser(id);
    Optional<ModelName> switched = Optional.ofNullable(alias).map(ModelName::ofUser);
    try (HttpCluster cluster = clusterArguments.connect()) {
      privileges().require(cluster);
      if (mayMakeOld(new ClusterModels(cluster), name, switched, model.digest()) == false) {
        spec.commandLine().getErr().println("nothing was done");
        return 1;
      }
      ModelUpload upload = new ModelUpload(cluster, name, this::show);
      String outcome = upload.put(model.file(), model.digest(), replace);
      out().println("model [" + name + "] " + outcome + ", digest [" + model.digest() + "]");
      switched.ifPresent(
          other -> {
            new ClusterModels(cluster).setAlias(other, name);
            out().println("alias [" + other + "] stands for model [" + name + "] now");
          });
    }
    return 0;
  }

  private Privileges privileges() {
    List<String> actions = new ArrayList<>();
    actions.add("cluster:monitor/semantic_hash/model/get");
    actions.add("cluster:admin/semantic_hash/model/put");
    if (alias != null) {
      actions.add("cluster:admin/semantic_hash/alias/put");
    }
    return new Privileges(actions, Map.of());
  }

  /** Asks before fields in use refuse their writes, since nothing but a new hashing mends that. */
  private boolean mayMakeOld(
      ClusterModels models, ModelName name, Optional<ModelName> switched, String digest) {
    Set<ClusterModels.OldCodeField> old = new LinkedHashSet<>();
    if (replace) {
      old.addAll(models.oldCodes(name, digest));
    }
    switched.ifPresent(other -> old.addAll(models.oldCodes(other, digest)));
    if (old.isEmpty()) {
      return true;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("these fields keep their codes, refuse new ones, and need a rehash:");
    old.forEach(field -> err.println("  " + field));
    if (yes) {
      return true;
    }
    if (Terminal.isInteractive()) {
      return Terminal.confirms(err, "Go on?");
    }
    throw new IllegalArgumentException(
        "[yes] must be given to make fields in use refuse new codes; another [id] leaves them as"
            + " they are");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void show(long bytes, long total) {
    PrintWriter err = spec.commandLine().getErr();
    String line = "sent " + 100 * bytes / total + " % of " + total / 1_000_000 + " MB";
    if (Terminal.isInteractive()) {
      err.print("\r" + line + (bytes == total ? "\n" : ""));
      err.flush();
    } else if (bytes == total) {
      err.println(line);
    }
  }
}
