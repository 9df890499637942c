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

/** A matrix that an operation of the running step has computed, with its gradient. */
public final class Variable {

  final Matrix value;
  final Matrix gradient;

  Variable(Matrix value, Matrix gradient) {
    this.value = value;
    this.gradient = gradient;
  }

  /** What was computed. */
  public Matrix value() {
    return value;
  }

  /** The only element of a 1 x 1 matrix: a loss. */
  public float scalar() {
    return value.data[0];
  }
}
