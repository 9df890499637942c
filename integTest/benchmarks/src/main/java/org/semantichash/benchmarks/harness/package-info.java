// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What every benchmark is made of. In come the options of Maven's command line and the steps of a
 * benchmark; out go recorded rows, one per line, a page and pictures. Contestants answer in turn,
 * so that what disturbs one disturbs all, and an interrupted run goes on where it stopped. Start
 * with {@link org.semantichash.benchmarks.harness.Benchmark}.
 */
package org.semantichash.benchmarks.harness;
