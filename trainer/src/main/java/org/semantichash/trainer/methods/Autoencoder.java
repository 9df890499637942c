// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * The parts that a method's equations are about: an encoder, what its prior learns, a decoder of
 * the words, a head for the labels. They are created one after the other from one stream of random
 * numbers, and learned in the order in which they are made.
 */
final class Autoencoder {

  private final Dataset documents;
  private final TrainingOptions training;
  private final Preparation preparation;
  private final BoundOptions options;
  private final SplittableRandom random;
  private final List<Parameter> parameters = new ArrayList<>();
  private EncoderLayers encoder;
  private LabelHead head;

  Autoencoder(
      Dataset documents, TrainingOptions training, Preparation preparation, BoundOptions options) {
    this.documents = documents;
    this.training = training;
    this.preparation = preparation;
    this.options = options;
    random = new SplittableRandom(training.seed());
  }

  /** The training documents. */
  Dataset documents() {
    return documents;
  }

  /** Listens to the work before the first epoch. */
  Preparation preparation() {
    return preparation;
  }

  /** The width of the code. */
  int bits() {
    return training.bits();
  }

  /** Where every part takes its random numbers from. */
  SplittableRandom random() {
    return random;
  }

  /** Makes the encoder [B, outputs], whose first outputs belong to the bits. */
  EncoderLayers encoder(int outputs) {
    encoder = new EncoderLayers(documents.vocabularySize(), training, outputs, random);
    parameters.addAll(encoder.parameters());
    return encoder;
  }

  /** Adds what a method learns besides. */
  void learn(List<Parameter> others) {
    parameters.addAll(others);
  }

  /** Makes the decoder of the words from z [B, inputs], and after it the head for the labels. */
  WordDecoder decoder(int inputs) {
    return decoder(inputs, documents);
  }

  /** The same for the words of these instead of all words. */
  WordDecoder decoder(int inputs, Dataset words) {
    WordDecoder decoder = new WordDecoder(words, inputs, options.target(), random);
    parameters.addAll(decoder.parameters());
    head = LabelHead.of(documents, options.labels(), training, random);
    parameters.addAll(head.parameters());
    return decoder;
  }

  /** Everything that is learned. */
  List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /**
   * The negative lower bound [1, 1]: the reconstruction's loss, plus the divergence by its weight
   * of the step, plus the loss of the labels, predicted from z [B, bits], where they count.
   */
  Variable bound(Tape tape, Batch batch, Variable z, Variable reconstruction, Variable divergence) {
    float weight = options.klWeight().at(tape.step());
    return head.addTo(tape, tape.combine(1, reconstruction, weight, divergence), z, batch);
  }

  /** The encoder as it is now, a bit being 1 where its output is above 0. */
  HashNetwork network() {
    return encoder.network(bits());
  }

  /**
   * What makes a method supervised: a perceptron with one hidden layer that predicts the labels
   * from the code (Dong et al. 2019, section 2.4), a Bernoulli variable for each label so that
   * documents may have any number of them. Options [supervised] and [label_weight], alpha in the
   * papers; the loss is the sum over the labels of their cross-entropies.
   */
  static final class LabelHead {

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
}
