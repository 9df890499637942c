// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The ingest processor {@code semantic_hash}: a text field in, a code field out. */
package org.semantichash.plugin.ingest;
