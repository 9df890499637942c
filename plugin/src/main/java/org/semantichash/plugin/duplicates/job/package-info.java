// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * One search of near-duplicates, on the node that was asked: it opens a point in time, reads the
 * codes of all shards, joins them into groups, reads the ids of their documents and stores what the
 * response does not show. Begin with {@link org.semantichash.plugin.duplicates.job.DuplicatesJob}.
 */
package org.semantichash.plugin.duplicates.job;
