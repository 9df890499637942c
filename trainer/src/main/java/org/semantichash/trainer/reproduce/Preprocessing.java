// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.trainer.features.FeatureOptions;
import org.semantichash.trainer.learning.OptionReader;

/** Options of texts to vectors, by name; what is not named has the command line's default. */
final class Preprocessing {

  private static final String STOP_WORDS = "stop_words";

  private Preprocessing() {}

  /**
   * The options.
   *
   * @param given stop_words is a language, everything else as in a model file
   * @throws IllegalArgumentException for a name or value that is not known
   */
  static FeatureOptions options(Map<String, String> given) {
    Map<String, String> analyzer = AnalyzerSpec.defaults().toProperties();
    Map<String, String> tfIdf = TfIdfOptions.DEFAULT.toProperties();
    Map<String, String> vocabulary = FeatureOptions.DEFAULTS.toProperties();
    requireKnown(given.keySet(), analyzer.keySet(), tfIdf.keySet(), vocabulary.keySet());
    overlay(analyzer, given);
    if (given.containsKey(STOP_WORDS)) {
      analyzer.put(STOP_WORDS, String.join(" ", AnalyzerSpec.stopWords(given.get(STOP_WORDS))));
    }
    overlay(tfIdf, given);
    overlay(vocabulary, given);
    OptionReader numbers = new OptionReader("preprocessing", vocabulary);
    return new FeatureOptions(
        AnalyzerSpec.fromProperties(analyzer),
        TfIdfOptions.fromProperties(tfIdf),
        numbers.number("min_df", 0),
        numbers.number("max_df", 0),
        numbers.integer("max_features", 0));
  }

  private static void overlay(Map<String, String> defaults, Map<String, String> given) {
    defaults.replaceAll((name, value) -> given.getOrDefault(name, value));
  }

  @SafeVarargs
  private static void requireKnown(Set<String> given, Set<String>... known) {
    Set<String> all = new TreeSet<>();
    for (Set<String> names : known) {
      all.addAll(names);
    }
    for (String name : given) {
      if (all.contains(name) == false) {
        throw new IllegalArgumentException(
            "[preprocessing] option [" + name + "] is unknown; known are " + all);
      }
    }
  }

  /** Everything that decides about the vectors, defaults included. */
  static Map<String, String> properties(FeatureOptions options) {
    Map<String, String> all = new TreeMap<>(options.toProperties());
    all.putAll(options.analyzer().toProperties());
    all.putAll(options.tfIdf().toProperties());
    return all;
  }
}
