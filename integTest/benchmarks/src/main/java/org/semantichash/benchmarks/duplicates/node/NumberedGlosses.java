// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.util.List;
import java.util.Map;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;

/** As many short texts as are wanted: all glosses, again and again, each with a number. */
final class NumberedGlosses {

  private final List<Gloss> glosses;

  NumberedGlosses(long seed) {
    this.glosses = WordNet.shuffled(WordNet.nouns(), seed);
  }

  /** Some to train on. */
  List<Gloss> first(int count) {
    return glosses.subList(0, count);
  }

  String text(int ordinal) {
    return glosses.get(ordinal % glosses.size()).text() + " " + ordinal / glosses.size();
  }

  /** The fields of a document. */
  Map<String, ?> source(int ordinal) {
    return Map.of("text", text(ordinal));
  }
}
