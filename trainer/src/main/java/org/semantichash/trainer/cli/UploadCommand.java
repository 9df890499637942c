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
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.trainer.cluster.Cluster;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.ModelUpload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a model into a cluster. */
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description =
        "Put a model file into an Elasticsearch cluster with the plugin. A large file is sent in"
            + " parts; the same command goes on where an earlier one broke off.")
final class UploadCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path modelFile;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The model's name in the cluster; default the file's name without .onnx.")
  private String id;

  @Option(names = "--replace", description = "Replace another model of this name.")
  private boolean replace;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    EncoderModel model = ModelArgument.read(modelFile);
    ModelName name = id == null ? ModelName.of(modelFile) : new ModelName(id);
    try (Cluster cluster = clusterArguments.connect()) {
      ModelUpload upload = new ModelUpload(cluster, name, this::show);
      String outcome = upload.put(model.file(), model.digest(), replace);
      spec.commandLine()
          .getOut()
          .println("model [" + name + "] " + outcome + ", digest [" + model.digest() + "]");
    }
    return 0;
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
