// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
