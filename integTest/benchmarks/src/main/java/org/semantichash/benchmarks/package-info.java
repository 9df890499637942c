// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Everything that only measures: nothing here ships to users. In come a built distribution and
 * {@code -D} options; out go rows, pages and pictures in the module's [results]. Each benchmark is
 * a package on one harness: start with {@link org.semantichash.benchmarks.harness.Benchmark}.
 * {@link DrawAgain} makes pages and pictures of recorded rows again.
 */
package org.semantichash.benchmarks;
