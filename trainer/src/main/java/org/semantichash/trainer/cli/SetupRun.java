// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.semantichash.trainer.calibration.CalibrationReport;
import org.semantichash.trainer.cli.SetupCommand.StepName;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.HashModel;

/**
 * Runs the steps of `setup` in their order. Each one first looks whether it is done, so what was
 * interrupted goes on, and what is done stays as it is.
 */
final class SetupRun {

  private final SetupPlan plan;
  private final PrintWriter out;
  private final Map<StepName, SetupStep> steps = new EnumMap<>(StepName.class);

  /** Trains a model into a file and gives the exit code. */
  @FunctionalInterface
  interface Training {
    int run(Path file) throws IOException;
  }

  /**
   * What is to be there at the end.
   *
   * @param index the index with the texts
   * @param text its field with the text
   * @param code the field for the codes
   * @param model the name of the model in the cluster
   * @param file the model file; empty for a model that the cluster has
   * @param into the new index; empty to hash in place
   * @param alias to move to it; empty for none
   * @param pipeline the name of the pipeline for documents to come
   * @param skipped steps that are left out
   */
  record SetupPlan(
      String index,
      FieldPath text,
      FieldPath code,
      ModelName model,
      Optional<Path> file,
      Optional<String> into,
      Optional<String> alias,
      String pipeline,
      Set<StepName> skipped) {

    /** The index that has the codes at the end. */
    String hashed() {
      return into.orElse(index);
    }

    /** All steps in their order, also those that are left out. */
    List<StepName> steps() {
      List<StepName> steps =
          new ArrayList<>(List.of(StepName.RIGHTS, StepName.TRAIN, StepName.UPLOAD));
      if (into.isPresent()) {
        steps.addAll(List.of(StepName.HASH, StepName.PIPELINE));
        alias.ifPresent(unused -> steps.add(StepName.ALIAS));
      } else { // what is written while the documents are read gets its code from the pipeline
        steps.addAll(List.of(StepName.MAPPING, StepName.PIPELINE, StepName.HASH));
      }
      steps.addAll(List.of(StepName.CHECK, StepName.RADIUS));
      return steps;
    }

    boolean has(StepName step) {
      return skipped.contains(step) == false && steps().contains(step);
    }
  }

  /** One step. */
  interface SetupStep {

    /**
     * Looks at what is there; changes nothing.
     *
     * @throws IllegalArgumentException when the step cannot be done because of what is there
     */
    StepState look() throws IOException;

    /** Does the step, which is not done yet. */
    StepResult run() throws IOException;
  }

  /**
   * What a step has found.
   *
   * @param done whether there is nothing to do
   * @param text what is there, or what is to be done
   */
  record StepState(boolean done, String text) {

    static StepState done(String text) {
      return new StepState(true, text);
    }

    static StepState open(String text) {
      return new StepState(false, text);
    }
  }

  /**
   * A radius for near-duplicates that was measured on codes alone.
   *
   * @param bits the largest distance
   * @param isDefault whether it is what a request takes unless it names one
   */
  record SuggestedRadius(int bits, boolean isDefault) {

    /** Of a calibration; empty when no radius will do. */
    static Optional<SuggestedRadius> of(CalibrationReport report) {
      OptionalInt radius = report.radius();
      return radius.isPresent()
          ? Optional.of(new SuggestedRadius(radius.getAsInt(), report.isDefault()))
          : Optional.empty();
    }

    private String parameter() {
      return ", \"max_distance\": " + bits;
    }
  }

  /**
   * What a step has done.
   *
   * @param exitCode 0 if all went well
   * @param radius for near-duplicates, if the step suggests one
   */
  record StepResult(int exitCode, String text, Optional<SuggestedRadius> radius) {

    StepResult(int exitCode, String text) {
      this(exitCode, text, Optional.empty());
    }

    static StepResult ok(String text) {
      return new StepResult(0, text);
    }
  }

  SetupRun(Rest cluster, SetupPlan plan, Training training, PrintWriter out, PrintWriter err) {
    this.plan = plan;
    this.out = out;
    steps.putAll(new SetupModelSteps(cluster, plan, training, err).steps());
    steps.putAll(new SetupIndexSteps(cluster, plan, out, err).steps());
  }

  /** The model as the cluster has it; empty before it is uploaded. */
  static Optional<HashModel> model(Rest cluster, SetupPlan plan) {
    try {
      return Optional.of(HashModel.read(cluster, plan.model()));
    } catch (ClusterException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Looks at every step, and writes nothing; 1 if one of them cannot be done. */
  int printPlan() throws IOException {
    int exitCode = 0;
    for (StepName name : plan.steps()) {
      if (plan.has(name) == false) {
        say(name, "left out");
        continue;
      }
      try {
        StepState state = steps.get(name).look();
        say(name, (state.done() ? "nothing to do: " : "would ") + state.text());
      } catch (ClusterException | IllegalArgumentException e) {
        say(name, "NOT POSSIBLE: " + e.getMessage());
        if (name == StepName.RIGHTS) { // every other step would fail for the same reason
          return 1;
        }
        exitCode = 1;
      }
    }
    return exitCode;
  }

  /** Does every step; the exit code of the first that ends it, or the largest. */
  int run() throws IOException {
    Map<StepName, StepState> before = new EnumMap<>(StepName.class);
    for (StepName name : plan.steps()) { // what is in the way is found before the work
      if (plan.has(name)) {
        before.put(name, steps.get(name).look());
      }
    }
    int exitCode = 0;
    Optional<SuggestedRadius> radius = Optional.empty();
    for (StepName name : plan.steps()) {
      if (plan.has(name) == false) {
        say(name, "left out");
        continue;
      }
      StepState state = before.get(name).done() ? before.get(name) : steps.get(name).look();
      if (state.done()) {
        say(name, "nothing to do: " + state.text());
        continue;
      }
      say(name, state.text());
      StepResult result = steps.get(name).run();
      say(name, result.text());
      exitCode = Math.max(exitCode, result.exitCode());
      radius = result.radius().isPresent() ? result.radius() : radius;
      if (result.exitCode() == Interruption.EXIT_CODE || isEnd(name, result)) {
        out.println("stopped; the same command goes on from here");
        return result.exitCode();
      }
    }
    printRequests(radius);
    return exitCode;
  }

  /** Documents that could not be hashed keep nobody from searching the others. */
  private static boolean isEnd(StepName name, StepResult result) {
    return result.exitCode() != 0 && name != StepName.HASH;
  }

  private void say(StepName name, String text) {
    int number = plan.steps().indexOf(name) + 1;
    out.println(number + "/" + plan.steps().size() + " " + name + ": " + text);
    out.flush();
  }

  /**
   * The body of a request for near-duplicates. Where the radius is the default of codes alone, the
   * cluster takes the wider one of candidates, since the texts decide.
   */
  static String nearDuplicates(FieldPath code, FieldPath text, Optional<SuggestedRadius> radius) {
    return "{ \"field\": \""
        + code
        + "\""
        + radius
            .filter(found -> found.isDefault() == false)
            .map(SuggestedRadius::parameter)
            .orElse("")
        + ", \"verify\": { \"field\": \""
        + text
        + "\" } }";
  }

  /** With the radius that was measured, if there is one. */
  private void printRequests(Optional<SuggestedRadius> radius) {
    String index = plan.alias().orElse(plan.hashed());
    String field = "\"field\": \"" + plan.code() + "\"";
    out.println();
    out.println("Requests to paste, into Kibana's Dev Tools or behind curl:");
    out.println();
    out.println("GET " + index + "/_search");
    out.println("{ \"query\": { \"hamming\": { " + field + ", \"text\": \"your words\" } } }");
    out.println();
    out.println("GET " + index + "/_search");
    out.println(
        "{ \"query\": { \"hamming\": { "
            + field
            + ", \"like\": { \"_index\": "
            + Json.line(plan.hashed())
            + ", \"_id\": \"an id\" }"
            + radius.map(SuggestedRadius::parameter).orElse("")
            + " } } }");
    out.println();
    out.println("POST " + index + "/_semantic_hash/near_duplicates");
    out.println(nearDuplicates(plan.code(), plan.text(), radius));
    out.flush();
  }
}
