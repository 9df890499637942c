// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingLoop.Objective;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * Teaches an encoder the codes that a method has found for the training documents alone, so that
 * other texts get codes too: one classifier for each bit, which minimises the cross-entropy.
 * Without a hidden layer this is logistic regression. A bit is 1 where its logit is above 0.
 */
final class TaughtEncoder implements Objective {

  private final int bits;
  private final int[][] codes;
  private final EncoderLayers encoder;

  /**
   * An encoder with fresh weights.
   *
   * @param codes for each document the bits that are 1
   */
  TaughtEncoder(Dataset documents, int[][] codes, TrainingOptions options) {
    assert codes.length == documents.size();
    this.bits = options.bits();
    this.codes = codes;
    encoder =
        new EncoderLayers(
            documents.vocabularySize(), options, bits, new SplittableRandom(options.seed()));
  }

  @Override
  public List<Parameter> parameters() {
    return encoder.parameters();
  }

  @Override
  public Variable loss(Tape tape, Batch batch) {
    List<int[]> wanted = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      wanted.add(codes[batch.document(row)]);
    }
    return tape.labelLoss(encoder.outputs(tape, batch.vectors()), wanted);
  }

  @Override
  public HashNetwork network() {
    return encoder.network(bits);
  }
}
