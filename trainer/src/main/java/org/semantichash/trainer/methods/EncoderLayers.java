// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * The encoder that the methods share: up to two hidden layers with ReLU and dropout, then a linear
 * layer. Its first outputs belong to the bits; what a posterior needs besides comes after them and
 * is no part of the exported network. Weights start uniform within sqrt(6 / (in + out)) (Glorot and
 * Bengio 2010), biases at 0.
 */
final class EncoderLayers {

  private final double keep;
  private final Parameter termWeights;
  private final Parameter termBias;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  /**
   * New layers.
   *
   * @param outputs the width of the last layer
   */
  EncoderLayers(int vocabularySize, TrainingOptions options, int outputs, SplittableRandom random) {
    keep = options.keep();
    int layers = options.hiddenLayers();
    int width = layers == 0 ? outputs : options.hiddenUnits();
    termWeights = Parameter.rowSparse("term_weights", uniform(vocabularySize, width, random));
    termBias = Parameter.dense("term_bias", new Matrix(1, width));
    for (int layer = 1; layer <= layers; layer++) {
      int out = layer == layers ? outputs : options.hiddenUnits();
      weights.add(Parameter.dense("weights_" + layer, uniform(width, out, random)));
      biases.add(Parameter.dense("bias_" + layer, new Matrix(1, out)));
    }
  }

  /** Uniform within Glorot and Bengio's bound. */
  static Matrix uniform(int rows, int columns, SplittableRandom random) {
    double bound = Math.sqrt(6.0 / (rows + columns));
    Matrix matrix = new Matrix(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        matrix.set(row, column, (float) random.nextDouble(-bound, bound));
      }
    }
    return matrix;
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(termWeights, termBias));
    parameters.addAll(weights);
    parameters.addAll(biases);
    return parameters;
  }

  /** The last layer, which is linear [B, outputs]. */
  Variable outputs(Tape tape, SparseBatch batch) {
    Variable x = tape.sparseLinear(batch, termWeights, termBias);
    for (int layer = 0; layer < weights.size(); layer++) {
      x = tape.dropout(tape.relu(x), keep);
      x = tape.linear(x, weights.get(layer), biases.get(layer));
    }
    return x;
  }

  /** The network up to the bits' outputs, a bit being 1 where its output is above 0. */
  HashNetwork network(int bits) {
    List<DenseLayer> dense = new ArrayList<>();
    for (int layer = 0; layer < weights.size(); layer++) {
      boolean last = layer == weights.size() - 1;
      Matrix w = weights.get(layer).value();
      dense.add(
          new DenseLayer(
              last ? firstColumns(w, bits) : w.toArray(),
              Arrays.copyOf(biases.get(layer).value().toArray(), last ? bits : w.columns())));
    }
    Matrix w = termWeights.value();
    int width = weights.isEmpty() ? bits : w.columns();
    SparseLayer first =
        new SparseLayer(
            width == w.columns() ? w.toArray() : firstColumns(w, width),
            Arrays.copyOf(termBias.value().toArray(), width));
    return new HashNetwork(first, dense, new float[bits]);
  }

  private static float[] firstColumns(Matrix matrix, int columns) {
    float[] part = new float[matrix.rows() * columns];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        part[row * columns + column] = matrix.get(row, column);
      }
    }
    return part;
  }
}
