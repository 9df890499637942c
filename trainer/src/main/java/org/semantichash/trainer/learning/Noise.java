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

  /** Normal with mean 0 and variance 1, by Box and Muller. */
  float normal(int position) {
    long bits = mix(stream + position);
    double u = ((bits >>> 32) + 1) * 0x1p-32;
    double angle = (bits & 0xffffffffL) * 0x1p-32 * 2 * Math.PI;
    return (float) (StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle));
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
