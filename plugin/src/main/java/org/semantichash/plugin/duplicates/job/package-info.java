// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * A search of near-duplicates, from the node that was asked: reads codes, joins them, names them.
 */
package org.semantichash.plugin.duplicates.job;
