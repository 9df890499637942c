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
package org.semantichash.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.semantichash.it.corpus.Gloss;

/** What a person wants to see: neighbours of a few texts, and texts that say the same. */
final class Showcase {

  private static final List<String> QUERIES =
      List.of(
          "a small bird that sings in the morning",
          "an illness of the lungs that makes breathing hard",
          "a sum of money paid to the government on income",
          "a ship driven by the wind");

  private static final int HITS = 5;
  private static final int NEAR = 3;
  private static final int MIN_KNOWN_TERMS = 7;
  private static final int DOCUMENTS_TRIED = 3000;
  private static final int PAIRS_SHOWN = 10;
  private static final int WIDTH = 100;

  private final GlossIndex index;
  private final Oracle oracle;

  Showcase(GlossIndex index, Oracle oracle) {
    this.index = index;
    this.oracle = oracle;
  }

  void neighbours() throws IOException {
    for (String query : QUERIES) {
      JsonNode hits = index.search(Requests.byText(query, HITS));
      oracle.checkNearest(oracle.code(query), hits);
      System.out.println();
      System.out.println("nearest to \"" + query + "\":");
      for (JsonNode hit : hits.path("hits")) {
        Gloss gloss = oracle.gloss(hit.path("_id").asText());
        System.out.printf(
            Locale.ROOT,
            "  distance %2d  %-14s %s: %s%n",
            oracle.distance(hit),
            gloss.label(),
            gloss.words(),
            cut(gloss.text()));
      }
    }
  }

  /** A pair of glosses of different synsets that are near. */
  private record Pair(int distance, Gloss first, Gloss second) {}

  /** Asks for each of some long glosses for everything within a few bits. */
  void nearDuplicates() throws IOException {
    List<Integer> asked =
        IntStream.range(0, oracle.size())
            .filter(i -> oracle.hashed(i).knownTerms() >= MIN_KNOWN_TERMS)
            .limit(DOCUMENTS_TRIED)
            .boxed()
            .toList();
    Set<Pair> pairs = new HashSet<>();
    for (int position : asked) {
      Gloss gloss = oracle.gloss(position);
      JsonNode hits = index.search(Requests.within(gloss.id(), NEAR));
      oracle.checkWithin(oracle.hashed(position).code(), NEAR, hits);
      for (JsonNode hit : hits.path("hits")) {
        Gloss other = oracle.gloss(hit.path("_id").asText());
        if (gloss.text().equals(other.text()) == false) {
          pairs.add(new Pair(oracle.distance(hit), gloss, other));
        }
      }
    }
    print(asked.size(), pairs);
  }

  private static void print(int asked, Set<Pair> pairs) {
    System.out.println();
    System.out.printf(
        Locale.ROOT,
        "near-duplicates: %d pairs within %d bits of %,d glosses, the longest of them:%n",
        pairs.size(),
        NEAR,
        asked);
    pairs.stream()
        .sorted(
            Comparator.comparingInt(Pair::distance)
                .thenComparingInt(p -> -p.first().text().length())
                .thenComparing(p -> p.first().id() + p.second().id()))
        .limit(PAIRS_SHOWN)
        .forEach(
            pair ->
                System.out.printf(
                    Locale.ROOT,
                    "  distance %d  %s%n              %s%n",
                    pair.distance(),
                    cut(pair.first().words() + ": " + pair.first().text()),
                    cut(pair.second().words() + ": " + pair.second().text())));
  }

  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "...";
  }
}
