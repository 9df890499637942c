// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The search with Lucene in this process: what the scan itself costs. In come generated codes; out
 * go rows of the phases scan, radius, filter and memory. A {@code Workbench} holds one index with
 * its columns and queries. Start with {@code ScanPhase}.
 */
package org.semantichash.benchmarks.search.jvm;
