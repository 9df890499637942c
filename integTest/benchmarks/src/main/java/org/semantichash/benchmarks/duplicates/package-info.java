// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark of near-duplicates: {@code mvn -Pnear-duplicates-benchmark verify}. In come the
 * sizes of {@link DuplicatesScale}; out go rows for the join of all pairs in this process, for jobs
 * on a node ({@code node}) and for precision and recall ({@code quality}), with a page and
 * pictures. Start with {@link NearDuplicatesBenchmark}.
 */
package org.semantichash.benchmarks.duplicates;
