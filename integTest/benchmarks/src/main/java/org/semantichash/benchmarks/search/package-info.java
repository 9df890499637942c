// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark of the search: {@code mvn -Psearch-benchmark verify}. In come the sizes of {@link
 * Scale}; out go latencies beside Elasticsearch's own bit vectors and beside the bandwidth of the
 * memory, as rows, tables and a picture. Every answer is checked against brute force. Start with
 * {@link SearchBenchmark}; its phases are in {@code http} and {@code jvm}.
 */
package org.semantichash.benchmarks.search;
