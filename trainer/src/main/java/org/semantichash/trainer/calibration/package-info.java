// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Which radius tells near-duplicates from other texts: precision and recall of a model's codes. */
package org.semantichash.trainer.calibration;
