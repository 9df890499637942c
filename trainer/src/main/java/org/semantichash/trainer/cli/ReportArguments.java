// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.report.TrainingReport;
import org.semantichash.trainer.report.TrainingReport.WidthScore;
import org.semantichash.trainer.training.TrainingOptions;
import picocli.CommandLine.Option;

/** The page that is written beside a model. */
final class ReportArguments {

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "The HTML page about the training, with the beginnings of some texts. Default: beside the"
              + " model, named like it, with .report.html")
  private Path report;

  @Option(
      names = "--no-report",
      description = "Write no page about the training, and keep no text in memory.")
  private boolean noReport;

  @Option(
      names = "--report-widths",
      split = ",",
      paramLabel = "BITS",
      description =
          "Also train with these widths, one after the other, to show the precision of each; their"
              + " networks are not kept.")
  private List<Integer> widths = List.of();

  boolean isWanted() {
    return noReport == false;
  }

  /** Everything that can be wrong before texts are read. */
  void check(Path model) {
    if (noReport && (report != null || widths.isEmpty() == false)) {
      throw new IllegalArgumentException(
          "[no-report] must not be given with [report] or [report-widths]");
    }
    if (isWanted()) {
      FileArguments.requireWritable(file(model));
      if (file(model).toAbsolutePath().normalize().equals(model.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            "[report] must be another file than [output], got [" + report + "]");
      }
    }
    widths.forEach(bits -> TrainingOptions.DEFAULTS.withBits(bits));
  }

  /** Widths are compared by the documents held out. */
  void checkWidths(Features features) {
    if (widths.isEmpty() == false && features.test().size() == 0) {
      throw new IllegalArgumentException(
          "[report-widths] need documents held out, [test] must be above [0]");
    }
  }

  private Path file(Path model) {
    String name = model.getFileName().toString().replaceFirst("\\.onnx$", "");
    return report == null ? model.resolveSibling(name + ".report.html") : report;
  }

  /**
   * Trains with other widths.
   *
   * @param evaluation of the model's own width
   * @param score what chooses the epochs
   */
  List<WidthScore> widths(
      TrainingSession session,
      Optional<Evaluation> evaluation,
      Function<Features, ValidationScore> score,
      Interruption interruption) {
    if (widths.isEmpty() || evaluation.isEmpty()) {
      return List.of();
    }
    Features features = session.features();
    int own = session.options().bits();
    List<WidthScore> scores = new ArrayList<>();
    scores.add(WidthScore.of(own, evaluation.get()));
    for (int bits : widths.stream().distinct().filter(bits -> bits != own).toList()) {
      session.err().println("for the report: " + bits + " bits");
      TrainingSession other = session.with(session.options().withBits(bits));
      HashNetwork network = other.run(score.apply(features), interruption).network();
      if (interruption.isRequested()) {
        break; // half a training measures nothing; those before it are shown
      }
      List<BinaryCode> codes = network.encode(features.training().vectors());
      scores.add(WidthScore.of(bits, TrainCommand.heldOut(features, network::encode, codes)));
    }
    scores.sort(Comparator.comparingInt(WidthScore::bits));
    return scores;
  }

  /** Writes the page. The model is written already, so a full disk is only warned of. */
  void write(TrainingReport training, Path model, PrintWriter out, PrintWriter err) {
    Path file = file(model);
    try {
      FileArguments.write(file, training.page());
      out.println("wrote " + file + ", which shows the beginnings of some texts");
    } catch (IOException e) {
      err.println("WARNING: report [" + file + "] cannot be written: " + e.getMessage());
    }
  }
}
