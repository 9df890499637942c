// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Bits to doc values and back: {@link org.semantichash.index.CodeDocValues} is the one place that
 * knows how a code is stored in a Lucene index, {@link org.semantichash.index.ChunkTerms} how its
 * chunks are indexed.
 */
package org.semantichash.index;
