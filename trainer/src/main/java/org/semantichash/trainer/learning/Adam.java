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
package org.semantichash.trainer.learning;

import java.util.List;

/**
 * Adam (Kingma and Ba, 2015) with beta1 0.9, beta2 0.999 and epsilon 1e-8; the learning rate decays
 * by a factor every 10,000 steps, smoothly. Row-sparse parameters are updated lazily, see {@link
 * Parameter}.
 */
final class Adam {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final double DECAY_STEPS = 10_000;

  private final double learningRate;
  private final double decay;
  private final double clip;
  private final Workers workers;
  private long steps;

  Adam(TrainingOptions options, Workers workers) {
    this.learningRate = options.learningRate();
    this.decay = options.decay();
    this.clip = options.gradientClip();
    this.workers = workers;
  }

  void step(List<Parameter> parameters) {
    float scale = clipFactor(parameters);
    double rate = learningRate * StrictMath.pow(decay, steps / DECAY_STEPS);
    steps++;
    double correction1 = 1 - StrictMath.pow(BETA1, (double) steps);
    double correction2 = 1 - StrictMath.pow(BETA2, (double) steps);
    float stepSize = (float) (rate * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (EPSILON * Math.sqrt(correction2));
    for (Parameter parameter : parameters) {
      if (parameter.rowSparse) {
        updateRows(parameter, scale, stepSize, epsilon);
      } else {
        workers.split(
            parameter.value.data.length,
            (from, to) -> update(parameter, from, from, to - from, scale, stepSize, epsilon));
      }
      parameter.clearGradient();
    }
  }

  private void updateRows(Parameter parameter, float scale, float stepSize, float epsilon) {
    int width = parameter.value.columns;
    workers.split(
        parameter.touchedRows.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int row = parameter.touchedRows[i];
            update(parameter, row * width, i * width, width, scale, stepSize, epsilon);
          }
        });
  }

  private static void update(
      Parameter parameter,
      int offset,
      int gradientOffset,
      int length,
      float scale,
      float stepSize,
      float epsilon) {
    float[] value = parameter.value.data;
    float[] gradient = parameter.gradient.data;
    float[] first = parameter.firstMoment;
    float[] second = parameter.secondMoment;
    for (int i = 0; i < length; i++) {
      float g = gradient[gradientOffset + i] * scale;
      float m = BETA1 * first[offset + i] + (1 - BETA1) * g;
      float v = BETA2 * second[offset + i] + (1 - BETA2) * (g * g);
      first[offset + i] = m;
      second[offset + i] = v;
      value[offset + i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon);
    }
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
