// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a shard does for a search of near-duplicates: gives its codes, and who its documents are.
 */
package org.semantichash.plugin.duplicates.shard;
