// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The codes of documents in, all pairs within a Hamming distance and groups of documents out, exact
 * and without comparing all with all.
 *
 * <p>Start with {@link org.semantichash.duplicates.NearDuplicates#find}: equal codes first ({@code
 * DistinctCodes}), then pairs ({@code PairJoin}, by the cheapest {@code ChunkPlan}), sorted ({@code
 * CodePairs}) and merged ({@code CodeGroups}). {@link org.semantichash.duplicates.Grouping} defines
 * the groups. Where texts decide, {@link org.semantichash.duplicates.TextVerification} takes the
 * pairs for candidates, part by part ({@code CandidateParts}), and compares shingles of words.
 */
package org.semantichash.duplicates;
