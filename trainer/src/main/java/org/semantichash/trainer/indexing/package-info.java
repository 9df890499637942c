// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Codes for the documents of an existing index. */
package org.semantichash.trainer.indexing;
