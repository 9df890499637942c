/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.DenseLayer;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Matrix;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.SparseBatch;
import org.semantichash.trainer.learning.SparseLayer;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.learning.Variable;

/**
 * The encoder that the methods share: one or two hidden layers with ReLU and dropout, then a linear
 * layer to the bits' logits. Weights start uniform within sqrt(6 / (in + out)) (Glorot and Bengio
 * 2010), biases at 0.
 */
final class HiddenLayers {

  private final double keep;
  private final Parameter termWeights;
  private final Parameter termBias;
  private final Parameter hiddenWeights;
  private final Parameter hiddenBias;
  private final Parameter bitWeights;
  private final Parameter bitBias;

  HiddenLayers(int vocabularySize, TrainingOptions options, SplittableRandom random) {
    int hidden = options.hiddenUnits();
    keep = options.keep();
    termWeights = Parameter.rowSparse("term_weights", uniform(vocabularySize, hidden, random));
    termBias = Parameter.dense("term_bias", new Matrix(1, hidden));
    boolean second = options.hiddenLayers() == 2;
    hiddenWeights =
        second ? Parameter.dense("hidden_weights", uniform(hidden, hidden, random)) : null;
    hiddenBias = second ? Parameter.dense("hidden_bias", new Matrix(1, hidden)) : null;
    bitWeights = Parameter.dense("bit_weights", uniform(hidden, options.bits(), random));
    bitBias = Parameter.dense("bit_bias", new Matrix(1, options.bits()));
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
    if (hiddenWeights != null) {
      parameters.addAll(List.of(hiddenWeights, hiddenBias));
    }
    parameters.addAll(List.of(bitWeights, bitBias));
    return parameters;
  }

  /** The last hidden layer [B, hidden]. */
  Variable hidden(Tape tape, SparseBatch batch) {
    Variable hidden = tape.relu(tape.sparseLinear(batch, termWeights, termBias));
    hidden = tape.dropout(hidden, keep);
    if (hiddenWeights == null) {
      return hidden;
    }
    return tape.dropout(tape.relu(tape.linear(hidden, hiddenWeights, hiddenBias)), keep);
  }

  /** The logits of the bits [B, bits]. */
  Variable bitLogits(Tape tape, Variable hidden) {
    return tape.linear(hidden, bitWeights, bitBias);
  }

  HashNetwork network() {
    List<DenseLayer> dense = new ArrayList<>();
    if (hiddenWeights != null) {
      dense.add(layer(hiddenWeights, hiddenBias, Activation.RELU));
    }
    dense.add(layer(bitWeights, bitBias, Activation.NONE));
    return new HashNetwork(
        new SparseLayer(termWeights.value().toArray(), termBias.value().toArray(), Activation.RELU),
        dense,
        new float[bitBias.value().columns()]);
  }

  private static DenseLayer layer(Parameter weights, Parameter bias, Activation activation) {
    return new DenseLayer(weights.value().toArray(), bias.value().toArray(), activation);
  }
}
