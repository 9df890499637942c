// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The query {@code hamming}: documents by the distance of their code to the code of a text, of
 * another document, or given as it is.
 *
 * <p>{@code text} and {@code like} are turned into a code on the coordinating node, before the
 * search begins; shards only ever see {@code code}.
 */
package org.semantichash.plugin.query;
