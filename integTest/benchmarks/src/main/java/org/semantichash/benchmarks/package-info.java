// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Everything that only measures: nothing here ships to users. Each benchmark is a package on one
 * harness; its rows, page and pictures are in the module's [results]. Start with {@link
 * org.semantichash.benchmarks.harness.Benchmark}.
 */
package org.semantichash.benchmarks;
