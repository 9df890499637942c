// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Near-duplicate jobs and the hashing of an index on a real node. In come generated codes and
 * WordNet's glosses; out go rows with seconds and memory. What the node finds must equal what the
 * join finds in this process ({@code CoreJoin}). Start with {@code NodePhase} for jobs and {@code
 * HashIndexPhase} for hashing.
 */
package org.semantichash.benchmarks.duplicates.node;
