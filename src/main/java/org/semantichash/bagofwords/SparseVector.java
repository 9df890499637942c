// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Arrays;

/** The weights of the terms of one text: ascending term ids, each with its weight. Immutable. */
public final class SparseVector {

  /** The vector of a text without any known term. */
  public static final SparseVector EMPTY = new SparseVector(new int[0], new float[0]);

  private final int[] ids;
  private final float[] weights;

  private SparseVector(int[] ids, float[] weights) {
    this.ids = ids;
    this.weights = weights;
  }

  /**
   * A vector from copies of these arrays.
   *
   * @param ids term ids, not negative, strictly ascending
   * @param weights one finite weight for each id
   * @throws IllegalArgumentException when one of these does not hold
   */
  public static SparseVector of(int[] ids, float[] weights) {
    if (ids.length != weights.length) {
      throw new IllegalArgumentException(
          "a sparse vector needs one weight per id, got ["
              + weights.length
              + "] for ["
              + ids.length
              + "] ids");
    }
    int previous = -1;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] <= previous) {
        throw new IllegalArgumentException(
            "ids must be ascending from [0], got [" + ids[i] + "] after [" + previous + "]");
      }
      if (Float.isFinite(weights[i]) == false) {
        throw new IllegalArgumentException(
            "the weight of id [" + ids[i] + "] must be finite, got [" + weights[i] + "]");
      }
      previous = ids[i];
    }
    return new SparseVector(ids.clone(), weights.clone());
  }

  /** A vector that takes over arrays as {@link #of} wants them. */
  static SparseVector ofOwned(int[] ids, float[] weights) {
    assert of(ids, weights).size() == ids.length;
    return new SparseVector(ids, weights);
  }

  /** The number of known terms: entries of the vector. */
  public int size() {
    return ids.length;
  }

  /** The term id of the i-th entry. */
  public int id(int i) {
    return ids[i];
  }

  /** The weight of the i-th entry. */
  public float weight(int i) {
    return weights[i];
  }

  /** A copy of the term ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** A copy of the weights. */
  public float[] weights() {
    return weights.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SparseVector other
        && Arrays.equals(ids, other.ids)
        && Arrays.equals(weights, other.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < ids.length; i++) {
      text.append(i == 0 ? "" : ", ").append(ids[i]).append('=').append(weights[i]);
    }
    return text.append('}').toString();
  }
}
