// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

/**
 * Random numbers as a function of seed, step, place in the step and position: no generator passes
 * from one to the next, so threads and order do not matter. The mixing is that of SplitMix64.
 */
final class Noise {

  private final long stream;

  private Noise(long stream) {
    this.stream = stream;
  }

  /** The numbers of one operation in one step. */
  static Noise of(long seed, long step, long operation) {
    return new Noise(mix(mix(mix(seed) + step) + operation));
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  float uniform(int position) {
    return (mix(stream + position) >>> 40) * 0x1p-24f;
  }

  /** Uniform in [0, 1), a multiple of 2^-16: four of them cost one mixing. */
  float coarse(int position) {
    return ((int) (mix(stream + (position >> 2)) >>> (16 * (position & 3))) & 0xffff) * 0x1p-16f;
  }

  /** Normal with mean 0 and variance 1, by Box and Muller, to six digits. */
  float normal(int position) {
    long bits = mix(stream + position);
    float u = ((int) (bits >>> 40) + 1) * 0x1p-24f;
    float turn = (int) (bits & 0xffffff) * 0x1p-23f; // in half turns, [0, 2)
    float half = 0.5f - (turn < 1 ? turn : 2 - turn);
    return (float) Math.sqrt(-2 * FloatMath.log(u)) * sinPi(half);
  }

  /** sin(pi x) for |x| at most 1/2, by its series. */
  private static float sinPi(float x) {
    float q = x * x;
    float p = 0.08214589f;
    p = p * q - 0.5992645f;
    p = p * q + 2.550164f;
    p = p * q - 5.167713f;
    p = p * q + 3.1415927f;
    return p * x;
  }

  /** Logistic with mean 0 and scale 1: the difference of two Gumbel variables. */
  float logistic(int position) {
    float u = ((int) (mix(stream + position) >>> 41) + 0.5f) * 0x1p-23f;
    return FloatMath.log(u) - FloatMath.log(1 - u);
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
