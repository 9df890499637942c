// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a shard does for a search of near-duplicates: it sends its codes in batches ({@link
 * org.semantichash.plugin.duplicates.shard.ShardCodesAction}), and then the ids of documents in
 * groups ({@link org.semantichash.plugin.duplicates.shard.ShardMembersAction}), both from the
 * reader of the search's point in time.
 */
package org.semantichash.plugin.duplicates.shard;
