// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Which radius tells near-duplicates from other texts. Labelled pairs or a corpus to plant copies
 * in go in, precision and recall by radius come out. Start with {@code Calibration}; {@code
 * RadiusCurve} has the numbers and the rule that chooses a radius, {@code CalibrationReport} the
 * page, picture and JSON.
 */
package org.semantichash.trainer.calibration;
