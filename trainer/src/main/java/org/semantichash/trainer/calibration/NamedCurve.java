// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

/**
 * A curve with what it is of.
 *
 * @param kind what was done to the texts
 * @param percent to how many of the words; 0 where that means nothing
 * @param curve precision and recall
 */
public record NamedCurve(String kind, int percent, RadiusCurve curve) {

  @Override
  public String toString() {
    return percent == 0 ? kind : kind + " " + percent + " %";
  }
}
