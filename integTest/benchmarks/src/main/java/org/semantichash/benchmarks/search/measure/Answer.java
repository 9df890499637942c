// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

/**
 * What a contestant found and how long it took.
 *
 * @param nanos the time
 * @param distances of the hits, in their order, in bits; null when nothing is searched
 */
@SuppressWarnings("ArrayRecordComponent") // made for each query, never compared
public record Answer(long nanos, int[] distances) {}
