// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Near-duplicates of whole indices: a request comes in, groups of documents go out, as a response
 * or as a stored result. Begin with {@link org.semantichash.plugin.duplicates.FindDuplicates}; the
 * search itself is in {@code job}, its requests to shards are in {@code shard}, results and who may
 * see them in {@code result}, and the aggregation for single searches in {@code agg}.
 */
package org.semantichash.plugin.duplicates;
