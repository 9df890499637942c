/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.duplicates.node;

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
