// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * The decoder that the methods share: a softmax over the vocabulary, linear in the code. Its bias
 * starts at the log frequencies of the terms, otherwise all bits first turn into a bias.
 *
 * <p>The option [target] says what has to be predicted: "tf_idf", each term as often as its weight,
 * or "words", each term that occurs once. The papers have word counts or the set of words.
 */
final class WordDecoder {

  /** The terms to be predicted. */
  enum Target {
    TF_IDF,
    WORDS;

    /** Reads the option [target]. */
    static Target read(OptionReader options, String otherwise) {
      return options.choice("target", otherwise, List.of("tf_idf", "words")).equals("words")
          ? WORDS
          : TF_IDF;
    }
  }

  private final Dataset words;
  private final Parameter embedding;
  private final Parameter bias;

  /**
   * A new decoder.
   *
   * @param documents whose words are predicted
   * @param inputs the width of z
   */
  WordDecoder(Dataset documents, int inputs, Target target, SplittableRandom random) {
    words = target == Target.WORDS ? words(documents) : null;
    embedding =
        Parameter.dense(
            "embedding", EncoderLayers.uniform(inputs, documents.vocabularySize(), random));
    bias = Parameter.dense("word_bias", logFrequencies(words == null ? documents : words));
  }

  /** The same documents with weight 1 for each term. */
  private static Dataset words(Dataset documents) {
    List<SparseVector> vectors = new ArrayList<>(documents.size());
    for (SparseVector vector : documents.vectors()) {
      float[] ones = new float[vector.size()];
      Arrays.fill(ones, 1);
      vectors.add(SparseVector.of(vector.ids(), ones));
    }
    return new Dataset(vectors, documents.labels(), documents.vocabularySize());
  }

  private static Matrix logFrequencies(Dataset documents) {
    double[] sums = new double[documents.vocabularySize()];
    double total = 0;
    for (SparseVector vector : documents.vectors()) {
      for (int i = 0; i < vector.size(); i++) {
        sums[vector.id(i)] += vector.weight(i);
        total += vector.weight(i);
      }
    }
    Matrix bias = new Matrix(1, sums.length);
    double least = 1e-3 / Math.max(1, documents.size()); // for terms of other splits
    for (int term = 0; term < sums.length; term++) {
      bias.set(0, term, (float) StrictMath.log(sums[term] / Math.max(total, 1) + least));
    }
    return bias;
  }

  List<Parameter> parameters() {
    return List.of(embedding, bias);
  }

  /** The mean over the documents of - log p(x|z) for z [B, inputs], in nats. */
  Variable loss(Tape tape, Variable z, Batch batch) {
    return tape.reconstructionLoss(z, embedding, bias, targets(batch));
  }

  /** The same with other words to predict than the documents' own. */
  Variable loss(Tape tape, Variable z, SparseBatch targets) {
    return tape.reconstructionLoss(z, embedding, bias, targets);
  }

  private SparseBatch targets(Batch batch) {
    return words == null ? batch.vectors() : batch.of(words).vectors();
  }
}
