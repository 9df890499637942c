// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * A text in, its terms out. {@link org.semantichash.analysis.AnalyzerSpec} says how, {@link
 * org.semantichash.analysis.TextAnalyzer} does it with Lucene. {@link
 * org.semantichash.analysis.AnalyzerType} has the languages, by the names of Elasticsearch's
 * analyzers.
 *
 * <p>The specification is complete and travels inside the model file, stop words word by word, so
 * that the trainer and every node cut a text into the same terms.
 */
package org.semantichash.analysis;
