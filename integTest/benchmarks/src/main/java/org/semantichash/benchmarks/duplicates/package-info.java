// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Measures how near-duplicates are found. */
package org.semantichash.benchmarks.duplicates;
