// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Results of searches of near-duplicates, in a system index: groups come in from the search and
 * pages go out to its owner. {@link org.semantichash.plugin.duplicates.result.ResultDocuments}
 * writes and reads the documents. Start with {@link
 * org.semantichash.plugin.duplicates.result.DuplicatesResults}.
 */
package org.semantichash.plugin.duplicates.result;
