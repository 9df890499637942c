// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

/**
 * What a cache of columns holds, and what it has done so far.
 *
 * @param bytes the memory that is reserved now, that of columns included which were given up while
 *     a search read them
 * @param columns how many pairs of a segment and a field have columns now
 * @param hits how often a search found columns that were there
 * @param builds how many were built, successfully
 * @param buildNanos how long these builds took together
 * @param refusals how often memory was asked for and refused
 * @param evictions how many gave way to others or to a lower limit
 */
public record ColumnStatistics(
    long bytes,
    long columns,
    long hits,
    long builds,
    long buildNanos,
    long refusals,
    long evictions) {}
