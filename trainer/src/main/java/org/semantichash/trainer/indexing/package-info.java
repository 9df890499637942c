// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Codes for the documents of an existing index, which the cluster hashes. A {@code HashPlan} goes
 * in, documents with codes and a {@code HashTally} come out. Start with {@code InPlaceHasher},
 * which updates documents, or {@code IndexCopy}, which fills a new index; both read by {@code
 * IndexWalk}, hash by {@code DocumentHasher} and write by {@code BulkWriter}, and never overwrite
 * what others changed meanwhile. {@code IndexTexts} reads texts to learn from, {@code
 * DocumentLoader} brings documents into an index.
 */
package org.semantichash.trainer.indexing;
