// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.trainer.cli.SetupCommand.StepName;
import org.semantichash.trainer.cli.SetupRun.SetupPlan;
import org.semantichash.trainer.cli.SetupRun.SetupStep;
import org.semantichash.trainer.cli.SetupRun.StepResult;
import org.semantichash.trainer.cli.SetupRun.StepState;
import org.semantichash.trainer.cli.SetupRun.Training;
import org.semantichash.trainer.cluster.ClusterModels;
import org.semantichash.trainer.cluster.ModelUpload;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.TextField;

/**
 * The steps of `setup` until the cluster has the model.
 *
 * @param err where progress and warnings go
 */
record SetupModelSteps(Rest cluster, SetupPlan plan, Training training, PrintWriter err) {

  Map<StepName, SetupStep> steps() {
    return Map.of(
        StepName.RIGHTS, new Rights(), StepName.TRAIN, new Train(), StepName.UPLOAD, new Upload());
  }

  /** Everything that the steps need, asked at once. */
  private Privileges privileges() {
    List<String> onCluster = new ArrayList<>();
    onCluster.add("cluster:monitor/semantic_hash/model/get");
    onCluster.add("cluster:monitor/semantic_hash/model/hash");
    if (plan.file().isPresent() && plan.has(StepName.UPLOAD)) {
      onCluster.add("cluster:admin/semantic_hash/model/put");
    }
    if (plan.has(StepName.PIPELINE)) {
      onCluster.add("manage_ingest_pipelines");
    }
    Map<String, List<String>> onIndices = new LinkedHashMap<>();
    List<String> onIndex = new ArrayList<>(IndexArguments.READ);
    if (plan.into().isPresent()) {
      onIndices.put(
          plan.into().get(),
          List.of("read", "view_index_metadata", "create_index", "index", "delete", "manage"));
      if (plan.has(StepName.ALIAS)) {
        onIndex.add("manage");
      }
    } else {
      if (plan.has(StepName.HASH)) {
        onIndex.add("index");
      }
      if (plan.has(StepName.MAPPING) || plan.has(StepName.PIPELINE)) {
        onIndex.add("manage");
      }
    }
    onIndices.put(plan.index(), onIndex);
    return new Privileges(onCluster, onIndices);
  }

  private final class Rights implements SetupStep {

    @Override
    public StepState look() {
      privileges().require(cluster);
      new TextField(cluster, plan.text())
          .check(plan.index())
          .ifPresent(warning -> err.println("WARNING: " + warning));
      return StepState.done(
          "the user may do all of this, and index ["
              + plan.index()
              + "] has texts in ["
              + plan.text()
              + "]");
    }

    @Override
    public StepResult run() {
      throw new AssertionError("there is nothing to do");
    }
  }

  /** The model file, if it is there. */
  private Optional<EncoderModel> file() {
    return plan.file().filter(Files::exists).map(FileArguments::readModel);
  }

  private JsonNode stored() {
    return cluster.askIfThere("_semantic_hash/models/" + plan.model()).path("models").path(0);
  }

  /** Whether a model says that it was trained on these texts. */
  private boolean isOfThisIndex(Map<String, String> provenance) {
    return plan.index().equals(provenance.get("index"))
        && plan.text().name().equals(provenance.get("text_fields"));
  }

  private static String origin(Map<String, String> provenance) {
    return provenance.containsKey("index")
        ? "index [" + provenance.get("index") + "], field [" + provenance.get("text_fields") + "]"
        : "a file";
  }

  private static Map<String, String> provenance(JsonNode stored) {
    Map<String, String> provenance = new LinkedHashMap<>();
    stored
        .path("provenance")
        .properties()
        .forEach(entry -> provenance.put(entry.getKey(), entry.getValue().asText()));
    return provenance;
  }

  private final class Train implements SetupStep {

    @Override
    public StepState look() {
      if (plan.file().isEmpty()) {
        HashModel model = HashModel.read(cluster, plan.model());
        return StepState.done(
            "model [" + plan.model() + "] of the cluster with [" + model.bits() + "] bits is used");
      }
      Path path = plan.file().get();
      Optional<EncoderModel> there = file();
      if (there.isPresent()) {
        Map<String, String> provenance = there.get().metadata().provenance();
        require(
            isOfThisIndex(provenance),
            "file [" + path + "] has a model of " + origin(provenance) + "; name another [output]");
        if (wasInterrupted(provenance) && isStored(there.get()) == false) {
          FileArguments.requireWritable(path);
          return StepState.open(
              (TrainingCheckpoint.isBeside(path)
                      ? "go on with the training of file [" + path + "], which was interrupted"
                      : "train the model of file ["
                          + path
                          + "] again, whose training was interrupted")
                  + "; [skip] with train takes it as it is");
        }
        return StepState.done(
            "file ["
                + path
                + "] has a model of this index with ["
                + there.get().metadata().bits()
                + "] bits");
      }
      JsonNode stored = stored();
      if (stored.isMissingNode() == false) {
        Map<String, String> provenance = provenance(stored);
        require(
            isOfThisIndex(provenance),
            "the cluster has another model ["
                + plan.model()
                + "], of "
                + origin(provenance)
                + "; use it with [model], or name yours with [id]");
        return StepState.done("the cluster has model [" + plan.model() + "] of this index");
      }
      FileArguments.requireWritable(path);
      return StepState.open(
          "train a model on texts of index [" + plan.index() + "] into file [" + path + "]");
    }

    private static boolean wasInterrupted(Map<String, String> provenance) {
      return "true".equals(provenance.get("interrupted"));
    }

    /** What is in the cluster may be in use. */
    private boolean isStored(EncoderModel model) {
      return new ClusterModels(cluster)
          .digest(plan.model())
          .filter(model.digest()::equals)
          .isPresent();
    }

    @Override
    public StepResult run() throws IOException {
      Path path = plan.file().orElseThrow();
      int exitCode = training.run(path);
      return new StepResult(
          exitCode,
          switch (exitCode) {
            case 0 -> "file [" + path + "] written";
            case Interruption.EXIT_CODE -> "the training was interrupted";
            default -> "the training did not end";
          });
    }
  }

  private static void require(boolean condition, String message) {
    if (condition == false) {
      throw new IllegalArgumentException(message);
    }
  }

  private final class Upload implements SetupStep {

    @Override
    public StepState look() {
      Optional<String> stored = new ClusterModels(cluster).digest(plan.model());
      Optional<EncoderModel> file = file();
      String model = "model [" + plan.model() + "]";
      if (file.isEmpty()) {
        return plan.file().isEmpty() || stored.isPresent()
            ? StepState.done("the cluster has " + model)
            : StepState.open("store it in the cluster as " + model);
      }
      if (stored.isEmpty()) {
        return StepState.open("store file [" + plan.file().get() + "] in the cluster as " + model);
      }
      require(
          stored.get().equals(file.get().digest()),
          "the cluster has another model ["
              + plan.model()
              + "] with digest ["
              + stored.get()
              + "]; name that of file ["
              + plan.file().get()
              + "] with [id]");
      return StepState.done("the cluster has " + model + " with this digest");
    }

    @Override
    public StepResult run() {
      EncoderModel model =
          file()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "file [" + plan.file().orElseThrow() + "] must be there to be stored"));
      String outcome =
          new ModelUpload(cluster, plan.model(), (sent, total) -> {})
              .put(model.file(), model.digest(), false);
      return StepResult.ok(
          "model [" + plan.model() + "] " + outcome + ", digest [" + model.digest() + "]");
    }
  }
}
