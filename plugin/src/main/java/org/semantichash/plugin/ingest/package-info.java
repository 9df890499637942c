// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The ingest processor {@code semantic_hash}. A document with a text field comes in; it goes out
 * with the code of the text, stamped with the digest of its model, in another field. The model
 * comes from {@link org.semantichash.plugin.models.ModelCache}; a document that comes before its
 * model is loaded waits without a thread. Start with {@link SemanticHashProcessor}.
 */
package org.semantichash.plugin.ingest;
