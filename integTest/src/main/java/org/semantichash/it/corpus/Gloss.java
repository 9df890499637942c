// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.corpus;

/**
 * The definition of one WordNet synset.
 *
 * @param id part of speech and offset in WordNet's data file, for example [n00001740]
 * @param words the synset's words, separated by commas
 * @param label the lexicographer file, for example [noun.animal]
 * @param text the definition with its examples
 */
public record Gloss(String id, String words, String label, String text) {}
