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

/** What a layer does with each of its sums. */
public enum Activation {
  /** Nothing. */
  NONE {
    @Override
    float apply(float x) {
      return x;
    }
  },
  /** max(0, x). */
  RELU {
    @Override
    float apply(float x) {
      return Math.max(0, x);
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    float apply(float x) {
      return (float) StrictMath.tanh(x);
    }
  },
  /** 1 / (1 + exp(-x)). */
  SIGMOID {
    @Override
    float apply(float x) {
      return (float) (1 / (1 + StrictMath.exp(-x)));
    }
  };

  abstract float apply(float x);
}
