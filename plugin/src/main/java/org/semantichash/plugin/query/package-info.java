// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The query {@code hamming}: a text, a document or a code comes in, a Lucene query goes out. The
 * coordinating node turns {@code text} and {@code like} into a code before the search begins;
 * shards only ever see {@code code}. Begin with {@link
 * org.semantichash.plugin.query.HammingQueryBuilder}; what is searched for is a {@link
 * org.semantichash.plugin.query.QuerySource}, and what the mapping says of the field a {@link
 * org.semantichash.plugin.query.SearchedField}.
 */
package org.semantichash.plugin.query;
