// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Measures near-duplicates, and the hashing of an index, on a real node. */
package org.semantichash.benchmarks.duplicates.node;
