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
package org.semantichash;

import java.util.Objects;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/**
 * The code of a text and what it was made from.
 *
 * @param code the bits
 * @param vector the weights of the known terms
 * @param terms the number of terms in the text, known or not, with repeats
 */
public record HashedText(BinaryCode code, SparseVector vector, int terms) {

  /** Checks that code and vector are there. */
  public HashedText {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(vector, "vector");
  }

  /** The number of different terms that the model knows; 0 means that the code says nothing. */
  public int knownTerms() {
    return vector.size();
  }
}
