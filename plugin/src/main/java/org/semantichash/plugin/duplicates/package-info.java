// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The near-duplicates of an index: every pair of documents whose codes are within a distance, in
 * groups.
 */
package org.semantichash.plugin.duplicates;
