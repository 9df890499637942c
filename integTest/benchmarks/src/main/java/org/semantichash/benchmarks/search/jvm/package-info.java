// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Searches with Lucene in this process: what the scan itself costs. */
package org.semantichash.benchmarks.search.jvm;
