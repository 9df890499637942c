// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The aggregation {@code near_duplicates}: each shard sends the codes and ids of the documents of a
 * bucket, and the final reduction compares and groups them. Begin with {@link
 * org.semantichash.plugin.duplicates.agg.NearDuplicatesAggregationBuilder}, then the aggregator of
 * a shard, {@link org.semantichash.plugin.duplicates.agg.NearDuplicatesAggregator}, and the
 * reducer.
 */
package org.semantichash.plugin.duplicates.agg;
