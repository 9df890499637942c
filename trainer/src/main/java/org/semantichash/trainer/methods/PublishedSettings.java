// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a method's paper and of its authors' code, as far as they are known and can be
 * said by options: what differs from the tuned ones. What a paper leaves open is as tuned; what
 * cannot be said by options is among the deviations in the method's Javadoc. Where a paper chose a
 * value anew for each collection and width on validation documents, it is that of 20 Newsgroups at
 * 64 bits.
 *
 * @param source where they come from, in one line
 * @param options of the method by name
 * @param training the options of the training by name
 */
public record PublishedSettings(
    String source, Map<String, String> options, Map<String, String> training) {

  /** The tuned settings are those of the paper, or no others are known. */
  static final PublishedSettings AS_TUNED =
      new PublishedSettings("as tuned: no other settings are known", Map.of(), Map.of());

  /** Copies the options. */
  public PublishedSettings {
    options = Map.copyOf(options);
    training = Map.copyOf(training);
  }

  /** The same with further options of the method. */
  PublishedSettings with(Map<String, String> more) {
    return new PublishedSettings(source, joined(options, more), training);
  }

  /**
   * Of a lower bound on words, as the papers have it: every term that occurs is predicted once, and
   * the divergence has its whole weight.
   */
  static PublishedSettings ofWords(String source, Map<String, String> training) {
    return new PublishedSettings(
        source, Map.of("target", "words", "kl_weight", "1", "cold_epochs", "count"), training);
  }

  private static Map<String, String> joined(Map<String, String> first, Map<String, String> second) {
    Map<String, String> all = new TreeMap<>(first);
    all.putAll(second);
    return all;
  }
}
