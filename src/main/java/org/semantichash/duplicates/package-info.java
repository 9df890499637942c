// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Near-duplicates: all pairs of codes within a Hamming distance, found without comparing all with
 * all, and groups of them.
 */
package org.semantichash.duplicates;
