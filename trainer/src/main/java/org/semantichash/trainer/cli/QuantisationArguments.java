// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.onnx.Quantisation;
import org.semantichash.trainer.training.Dataset;
import picocli.CommandLine.Option;

/**
 * Makes a trained network one of integers, and refuses it when that costs too much: it is kept, but
 * not under the name that was asked for. On fewer than 1000 documents chance is larger, and so is
 * the loss that is refused, by how many times fewer they are; a smaller one is warned of.
 */
final class QuantisationArguments {

  /** With fewer validation documents than this, training documents are measured too. */
  private static final int DOCUMENTS = 1000;

  @Option(
      names = "--quantisation-loss",
      defaultValue = "0.002",
      paramLabel = "N",
      description =
          "The largest loss of validation score (precision at 100) that is accepted"
              + " when weights become integers. With n < 1000 validation documents, a loss up to"
              + " 1000/n times as large is only a warning. A model that loses more is written"
              + " beside FILE as [name.refused.onnx], with exit code 1."
              + " Default: ${DEFAULT-VALUE}")
  private double mostLoss;

  /**
   * A network in integers, and what it lost.
   *
   * @param documents how many documents it was measured on
   * @param changedBits the share of their bits that differ from the floats'
   * @param floatScore the validation score of the network in floats, a precision at 100
   * @param score that of the network in integers
   */
  record Quantised(
      IntegerNetwork network, int documents, double changedBits, double floatScore, double score) {

    void print(PrintWriter out) {
      out.printf(
          Locale.ROOT,
          "in integers: validation score %.4f, in floats %.4f; %.3f %% of the bits of %d documents"
              + " differ%n",
          score,
          floatScore,
          100 * changedBits,
          documents);
    }

    /** As a model file keeps it. */
    Map<String, String> toProperties() {
      return Map.of(
          "quantisation.documents", Integer.toString(documents),
          "quantisation.changed_bits", Double.toString(changedBits),
          "quantisation.float_score", Double.toString(floatScore),
          "quantisation.score", Double.toString(score));
    }
  }

  /**
   * The network in integers.
   *
   * @param scores what the epochs were chosen by, for the validation documents of these features
   */
  static Quantised quantise(
      HashNetwork network, Features features, Function<Features, ValidationScore> scores) {
    Dataset documents = sample(features);
    Quantisation best =
        Quantisation.of(network, features.vectorizer().options().norm(), documents.vectors());
    ValidationScore score =
        scores.apply(
            new Features(features.vectorizer(), features.training(), documents, features.test()));
    return new Quantised(
        best.network(),
        documents.size(),
        best.changedBits(),
        score.of(network),
        score.of(best.network()));
  }

  /** The file of a model that is refused, beside the one that was asked for. */
  static Path refusedFile(Path output) {
    String name = output.getFileName().toString();
    int end = name.endsWith(".onnx") ? name.length() - ".onnx".length() : name.length();
    return output.resolveSibling(name.substring(0, end) + ".refused.onnx");
  }

  /** Why a network is refused, if it loses too much; warns if it may have lost that by chance. */
  Optional<String> refusal(Quantised quantised, PrintWriter err) {
    double loss = quantised.floatScore() - quantised.score();
    double refused = mostLoss * DOCUMENTS / quantised.documents();
    if (loss <= Math.min(mostLoss, refused)) {
      return Optional.empty();
    }
    boolean warned = loss <= refused;
    String message =
        "in integers the model must lose at most ["
            + (warned ? mostLoss : refused)
            + "] of its validation score, which falls from ["
            + quantised.floatScore()
            + "] to ["
            + quantised.score()
            + "], measured on ["
            + quantised.documents()
            + "] documents";
    if (warned == false) {
      return Optional.of(message + "; [--quantisation-loss] allows more");
    }
    err.println("WARNING: " + message + " only, where chance is as large");
    return Optional.empty();
  }

  private static Dataset sample(Features features) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (Dataset part : List.of(features.validation(), features.training())) {
      int count = Math.min(part.size(), DOCUMENTS - vectors.size());
      vectors.addAll(part.vectors().subList(0, count));
      labels.addAll(part.labels().subList(0, count));
    }
    return new Dataset(vectors, labels, features.vectorizer().vocabulary().size());
  }
}
