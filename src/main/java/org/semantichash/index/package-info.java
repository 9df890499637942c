// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Codes in, doc values and terms of a Lucene document out, and back. {@link
 * org.semantichash.index.CodeDocValues} stores a code, {@link org.semantichash.index.ChunkTerms}
 * indexes its chunks, and {@link org.semantichash.index.CodeField} reads what a field holds.
 */
package org.semantichash.index;
