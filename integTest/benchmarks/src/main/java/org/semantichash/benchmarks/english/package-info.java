// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * WordNet in, the built-in model for English texts out. {@link
 * org.semantichash.benchmarks.english.EnglishCommand} makes and measures it, {@link
 * org.semantichash.benchmarks.english.RelatedWords} is the text that it learns from.
 */
package org.semantichash.benchmarks.english;
