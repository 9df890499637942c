// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015) with beta1 0.9, beta2 0.999 and epsilon 1e-8; the learning rate decays
 * by a factor every 10,000 steps, smoothly. Row-sparse parameters are updated lazily, see {@link
 * Parameter}.
 */
final class Adam {

  static final float BETA1 = 0.9f;
  static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final double DECAY_STEPS = 10_000;

  /** Elements whose gradient is cleared while it is still in the first-level cache. */
  private static final int BLOCK = 1024;

  private final double learningRate;
  private final double decay;
  private final double clip;
  private final Kernels kernels;
  private final Workers workers;
  private long steps;

  /**
   * What a step does to every element.
   *
   * @param scale factor on the gradient
   * @param size of the step, with the corrections of both moments in it
   * @param epsilon added to the root of the second moment, which is not corrected
   */
  record Step(float scale, float size, float epsilon) {}

  Adam(Optimizer.Options options, Kernels kernels, Workers workers) {
    this.learningRate = options.learningRate();
    this.decay = options.decay();
    this.clip = options.gradientClip();
    this.kernels = kernels;
    this.workers = workers;
  }

  void step(List<Parameter> parameters) {
    float scale = clipFactor(parameters);
    double rate = learningRate * StrictMath.pow(decay, steps / DECAY_STEPS);
    steps++;
    double correction1 = 1 - StrictMath.pow(BETA1, (double) steps);
    double correction2 = 1 - StrictMath.pow(BETA2, (double) steps);
    float size = (float) (rate * Math.sqrt(correction2) / correction1);
    Step step = new Step(scale, size, (float) (EPSILON * Math.sqrt(correction2)));
    assert parameters.stream().distinct().count() == parameters.size() : "moved once per step";
    for (Parameter parameter : parameters) {
      if (parameter.rowSparse) {
        updateRows(parameter, step);
        parameter.clearGradient();
      } else {
        updateAndClear(parameter, step);
      }
    }
  }

  private void updateAndClear(Parameter parameter, Step step) {
    workers.split(
        parameter.value.data.length,
        (from, to) -> {
          for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            kernels.adam(parameter, start, start, end - start, step);
            Arrays.fill(parameter.gradient.data, start, end, 0);
          }
        });
  }

  private void updateRows(Parameter parameter, Step step) {
    int width = parameter.value.columns;
    workers.split(
        parameter.touchedRows.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            kernels.adam(parameter, parameter.touchedRows[i] * width, i * width, width, step);
          }
        });
  }

  /** What every gradient is multiplied by so that all together are no longer than allowed. */
  private float clipFactor(List<Parameter> parameters) {
    if (clip == 0) {
      return 1;
    }
    double squares = 0;
    for (Parameter parameter : parameters) {
      for (int i = 0; i < parameter.gradientSize(); i++) {
        float g = parameter.gradient.data[i];
        squares += (double) g * g;
      }
    }
    double norm = Math.sqrt(squares);
    return norm > clip ? (float) (clip / norm) : 1;
  }
}
