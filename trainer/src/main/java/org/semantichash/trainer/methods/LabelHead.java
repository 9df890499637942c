// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.Variable;
import org.semantichash.trainer.training.Batch;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.OptionReader;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * What makes a method supervised: a perceptron with one hidden layer that predicts the labels from
 * the code (Dong et al. 2019, section 2.4), a Bernoulli variable for each label so that documents
 * may have any number of them. Options [supervised] and [label_weight], alpha in the papers; the
 * loss is the sum over the labels of their cross-entropies.
 */
final class LabelHead {

  /** Whether and how much labels count. */
  record Options(boolean supervised, double weight) {

    /** Of 1, 10, 30, 100 and 300 the one that was best on validation documents of Reuters. */
    static final double WEIGHT = 10;

    /** For a method that cannot learn from labels. */
    static final Options NONE = new Options(false, 0);

    static Options read(OptionReader options) {
      boolean supervised = options.flag("supervised", false);
      return new Options(
          supervised, supervised ? options.number("label_weight", WEIGHT, 0, 1e6) : 0);
    }
  }

  private final Dataset documents;
  private final float weight;
  private final List<Parameter> parameters;

  private LabelHead(Dataset documents, float weight, List<Parameter> parameters) {
    this.documents = documents;
    this.weight = weight;
    this.parameters = parameters;
  }

  /**
   * A new head; one without parameters that adds nothing when labels do not count.
   *
   * @throws IllegalArgumentException when the documents have fewer than two labels
   */
  static LabelHead of(
      Dataset documents, Options options, TrainingOptions training, SplittableRandom random) {
    if (options.supervised() == false) {
      return new LabelHead(documents, 0, List.of());
    }
    int labels = labels(documents);
    int hidden = training.hiddenUnits();
    return new LabelHead(
        documents,
        (float) options.weight(),
        List.of(
            Parameter.dense(
                "label_weights_1", EncoderLayers.uniform(training.bits(), hidden, random)),
            Parameter.dense("label_bias_1", new Matrix(1, hidden)),
            Parameter.dense("label_weights_2", EncoderLayers.uniform(hidden, labels, random)),
            Parameter.dense("label_bias_2", new Matrix(1, labels))));
  }

  private static int labels(Dataset documents) {
    long distinct = documents.labels().stream().flatMapToInt(Arrays::stream).distinct().count();
    if (distinct < 2) {
      throw new IllegalArgumentException(
          "[supervised] needs training documents with at least [2] different labels, got ["
              + distinct
              + "]");
    }
    return 1 + documents.labels().stream().flatMapToInt(Arrays::stream).max().getAsInt();
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The loss [1, 1] plus alpha times the cross-entropy of the labels, predicted from z [B, bits].
   */
  Variable addTo(Tape tape, Variable loss, Variable z, Batch batch) {
    if (parameters.isEmpty()) {
      return loss;
    }
    Variable hidden = tape.relu(tape.linear(z, parameters.get(0), parameters.get(1)));
    Variable logits = tape.linear(hidden, parameters.get(2), parameters.get(3));
    List<int[]> labels = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      labels.add(documents.labels().get(batch.document(row)));
    }
    return tape.combine(1, loss, weight, tape.labelLoss(logits, labels));
  }
}
