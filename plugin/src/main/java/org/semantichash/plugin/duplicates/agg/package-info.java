// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The aggregation {@code near_duplicates}: groups of documents with near codes in one search. */
package org.semantichash.plugin.duplicates.agg;
