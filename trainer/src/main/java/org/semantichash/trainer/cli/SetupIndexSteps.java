// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.calibration.CalibrationReport;
import org.semantichash.trainer.cli.HashIndexRun.RunOptions;
import org.semantichash.trainer.cli.SetupCommand.StepName;
import org.semantichash.trainer.cli.SetupRun.SetupPlan;
import org.semantichash.trainer.cli.SetupRun.SetupStep;
import org.semantichash.trainer.cli.SetupRun.StepResult;
import org.semantichash.trainer.cli.SetupRun.StepState;
import org.semantichash.trainer.cli.SetupRun.SuggestedRadius;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.CodeCheck;
import org.semantichash.trainer.indexing.CodePipeline;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.HashPlan;
import org.semantichash.trainer.indexing.IndexCalibration;
import org.semantichash.trainer.indexing.NewIndex.AliasSwitch;
import org.semantichash.trainer.indexing.TargetField;
import org.semantichash.trainer.indexing.TargetField.FieldState;
import org.semantichash.trainer.indexing.TextField;

/**
 * The steps of `setup` that give an index its codes, and look whether they answer.
 *
 * @param out where results go
 * @param err where progress and warnings go
 */
record SetupIndexSteps(Rest cluster, SetupPlan plan, PrintWriter out, PrintWriter err) {

  private static final int SLICES = 4;
  private static final int BATCH = 500;
  private static final int PASSES = 5;
  private static final int RADIUS_TEXTS = 1000;

  private static final String OTHER_CODES =
      " These codes tell subjects rather than copies; for near-duplicates give the index other"
          + " codes beside them: setup --model _near_duplicates_128 --code-field copy";

  Map<StepName, SetupStep> steps() {
    return Map.of(
        StepName.MAPPING, new Mapping(),
        StepName.PIPELINE, new Pipeline(),
        StepName.HASH, new Hash(),
        StepName.ALIAS, new Alias(),
        StepName.CHECK, new Check(),
        StepName.RADIUS, new Radius());
  }

  private HashModel model() {
    return HashModel.read(cluster, plan.model());
  }

  private String field() {
    return "field [" + plan.code() + "]";
  }

  private final class Mapping implements SetupStep {

    @Override
    public StepState look() {
      Optional<HashModel> model = SetupRun.model(cluster, plan);
      TargetField target = new TargetField(cluster, plan.code(), model.orElse(null));
      List<FieldState> states =
          model.isPresent() ? target.check(plan.index()) : target.states(plan.index());
      if (model.isEmpty()) {
        states.forEach(this::requireFree);
      }
      String where = " index [" + plan.index() + "]";
      return states.stream().allMatch(FieldState::exists)
          ? StepState.done(field() + " is in the mapping of" + where)
          : StepState.open("add " + field() + " of type [hash_code] to" + where);
    }

    /** No model yet, so what the field is bound to is another one. */
    private void requireFree(FieldState state) {
      if (state.exists()) {
        throw new IllegalArgumentException(
            "index ["
                + state.index()
                + "] has a field ["
                + plan.code()
                + "] already; name another [code-field]");
      }
    }

    @Override
    public StepResult run() {
      new TargetField(cluster, plan.code(), model()).add(plan.index(), false);
      return StepResult.ok(field() + " added");
    }
  }

  private CodePipeline pipeline() {
    return new CodePipeline(cluster, plan.pipeline(), plan.model(), plan.text(), plan.code());
  }

  private final class Pipeline implements SetupStep {

    @Override
    public StepState look() {
      CodePipeline pipeline = pipeline();
      String index = "index [" + plan.hashed() + "]";
      if (pipeline.isUsedBy(plan.hashed())) {
        return StepState.done("a pipeline of " + index + " writes the codes");
      }
      pipeline.requireFree();
      String make = "make pipeline [" + plan.pipeline() + "]";
      return StepState.open(
          pipeline.place(plan.index()).isPresent() // a copy has the pipelines of the source
              ? make + " and let " + index + " send new documents through it"
              : make + "; " + pipeline.noPlace(plan.hashed()));
    }

    @Override
    public StepResult run() {
      CodePipeline pipeline = pipeline();
      boolean lists = new TextField(cluster, plan.text()).hasLists(plan.index());
      pipeline.put(lists);
      if (lists) {
        err.println(
            "NOTE: some documents have a list in ["
                + plan.text()
                + "]; the pipeline leaves them without a code, hash-index gives them one");
      }
      return StepResult.ok(
          "pipeline ["
              + plan.pipeline()
              + "] is the ["
              + pipeline.use(plan.hashed())
              + "] of index ["
              + plan.hashed()
              + "]");
    }
  }

  private HashPlan hashPlan() {
    return new HashPlan(
        plan.index(),
        plan.text(),
        plan.code(),
        false,
        HashPlan.Empty.SKIP,
        1,
        false,
        SLICES,
        BATCH,
        0,
        PASSES);
  }

  private final class Hash implements SetupStep {

    @Override
    public StepState look() {
      if (plan.into().isPresent()) {
        return lookAtCopy(plan.into().get());
      }
      long open = hashPlan().documentsWithoutCode(cluster);
      return open == 0
          ? StepState.done("every document has a code")
          : StepState.open("hash [" + open + "] documents without a code, in place");
    }

    /** The copy gets its pipeline when it is whole; what is written into it then must stay. */
    private StepState lookAtCopy(String into) {
      boolean whole = pipeline().isUsedBy(into) || (plan.alias().isPresent() && alias().isDone());
      return whole
          ? StepState.done("index [" + into + "] is there, and whole")
          : StepState.open(
              "copy index [" + plan.index() + "] with codes into index [" + into + "]");
    }

    @Override
    public StepResult run() {
      RunOptions options = new RunOptions(plan.into().orElse(null), null, false, false, false);
      int exitCode = new HashIndexRun(options, out, err).run(cluster, model(), hashPlan());
      return new StepResult(
          exitCode,
          exitCode == 0
              ? "the documents of index [" + plan.hashed() + "] have their codes"
              : "not all documents have their codes");
    }
  }

  private AliasSwitch alias() {
    return new AliasSwitch(
        cluster, plan.alias().orElseThrow(), plan.index(), plan.into().orElseThrow());
  }

  private final class Alias implements SetupStep {

    @Override
    public StepState look() {
      AliasSwitch alias = alias();
      alias.check();
      String what = "alias [" + plan.alias().get() + "]";
      String to = " index [" + plan.into().get() + "]";
      return alias.isDone()
          ? StepState.done(what + " stands for" + to)
          : StepState.open("move " + what + " to" + to);
    }

    @Override
    public StepResult run() {
      alias().run();
      return StepResult.ok(
          "alias ["
              + plan.alias().orElseThrow()
              + "] stands for index ["
              + plan.into().orElseThrow()
              + "] now");
    }
  }

  private final class Check implements SetupStep {

    @Override
    public StepState look() {
      return StepState.open("search by the text of a document, and by the document");
    }

    @Override
    public StepResult run() {
      Optional<CodeCheck.Found> found =
          new CodeCheck(cluster, plan.hashed(), plan.text(), plan.code(), plan.model()).run();
      if (found.isEmpty()) {
        return StepResult.ok("no document has a code, so there is nothing to find");
      }
      out.println("by the text of document [" + found.get().id() + "]:");
      found.get().byText().forEach(hit -> out.println("  " + hit));
      out.println("by document [" + found.get().id() + "]:");
      found.get().byDocument().forEach(hit -> out.println("  " + hit));
      return StepResult.ok("the document is found at distance 0 both ways");
    }
  }

  private final class Radius implements SetupStep {

    @Override
    public StepState look() {
      return StepState.open(
          "measure which radius finds changed copies, with at most ["
              + RADIUS_TEXTS
              + "] texts of the index");
    }

    @Override
    public StepResult run() {
      List<String> texts = new TextField(cluster, plan.text()).texts(plan.index(), RADIUS_TEXTS);
      Optional<CalibrationReport> report = new IndexCalibration(cluster, model()).measure(texts);
      return report
          .map(
              found ->
                  new StepResult(
                      0,
                      "near-duplicates: "
                          + found.suggestion()
                          + (found.isPoor() ? OTHER_CODES : ""),
                      SuggestedRadius.of(found)))
          .orElse(StepResult.ok("there are too few texts of at least 5 words to suggest one"));
    }
  }
}
