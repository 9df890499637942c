// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.Variable;
import org.semantichash.trainer.training.Batch;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingOptions;

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
    WordDecoder decoder = new WordDecoder(documents, inputs, options.target(), random);
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
}
