// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark of the search: {@code mvn -Psearch-benchmark verify} measures, checks every answer
 * against brute force, and writes rows, tables and a picture.
 */
package org.semantichash.benchmarks.search;
