// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

/**
 * How a training went; every value is null where nothing is trained.
 *
 * @param validationPrecision the score of the best epoch on the validation part
 * @param secondsPerEpoch the median over the epochs, validation not included
 * @param epochs how many were run
 * @param bestEpoch which was kept, from 1
 */
public record Course(
    Double validationPrecision, Double secondsPerEpoch, Integer epochs, Integer bestEpoch) {

  /** Of what is not trained. */
  public static final Course NONE = new Course(null, null, null, null);
}
