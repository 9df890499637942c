// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;
import org.semantichash.search.HammingSimilarity;

/** What a person wants to see: neighbours of a few texts, and texts that say the same. */
final class Showcase {

  private static final List<String> QUERIES =
      List.of(
          "a small bird that sings in the morning",
          "an illness of the lungs that makes breathing hard",
          "a ship driven by the wind");

  private static final int HITS = 3;
  private static final int NEAR = 8;
  private static final int ALL_HITS = 1000;
  private static final int MIN_KNOWN_TERMS = 20;
  private static final int GLOSSES_TRIED = 1000;
  private static final int PAIRS_SHOWN = 3;
  private static final int WIDTH = 100;

  private final GlossIndex index;
  private final HashedGlosses glosses;

  Showcase(GlossIndex index, HashedGlosses glosses) {
    this.index = index;
    this.glosses = glosses;
  }

  /** Shows the nearest glosses of each query. */
  void neighbours() throws IOException {
    for (String query : QUERIES) {
      Hits hits = search(Hamming.text(query), glosses.code(query), glosses.bits(), HITS);
      System.out.printf(Locale.ROOT, "%nnearest to \"%s\":%n", query);
      for (Hits.Hit hit : hits.hits()) {
        Gloss gloss = glosses.gloss(hit.id());
        System.out.printf(
            Locale.ROOT,
            "  distance %2d  %-14s %s%n",
            distance(hit),
            gloss.label(),
            cut(gloss.words() + ": " + gloss.text()));
      }
    }
  }

  /** A search whose hits are what brute force finds. */
  private Hits search(Hamming query, BinaryCode code, int maxDistance, int size)
      throws IOException {
    Hits hits = Hits.of(index.http().post("/" + index.name() + "/_search", query.search(size)));
    HitCheck.check(hits, glosses.codes(), code, maxDistance, size);
    return hits;
  }

  private int distance(Hits.Hit hit) {
    return HammingSimilarity.distance(glosses.bits(), hit.score());
  }

  /** Two glosses that are near, the one with the smaller id first. */
  private record Pair(int distance, Gloss first, Gloss second) {

    static Pair of(int distance, Gloss a, Gloss b) {
      return a.id().compareTo(b.id()) < 0 ? new Pair(distance, a, b) : new Pair(distance, b, a);
    }
  }

  /** Asks for each of some longer glosses for everything within a few bits. */
  void nearDuplicates() throws IOException {
    List<Integer> asked =
        IntStream.range(0, glosses.size())
            .filter(i -> glosses.hashed(i).knownTerms() >= MIN_KNOWN_TERMS)
            .limit(GLOSSES_TRIED)
            .boxed()
            .toList();
    Set<Pair> pairs = new LinkedHashSet<>();
    for (int position : asked) {
      Gloss gloss = glosses.gloss(position);
      Hamming query = Hamming.like(index.name(), gloss.id()).within(NEAR);
      Hits hits = search(query, glosses.hashed(position).code(), NEAR, ALL_HITS);
      for (Hits.Hit hit : hits.hits()) {
        Gloss other = glosses.gloss(hit.id());
        if (gloss.text().equals(other.text()) == false) {
          pairs.add(Pair.of(distance(hit), gloss, other));
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nnear-duplicates: %d pairs within %d bits of %,d glosses, the longest of them:%n",
        pairs.size(),
        NEAR,
        asked.size());
    print(pairs);
  }

  private static void print(Set<Pair> pairs) {
    Set<Gloss> shown = new HashSet<>();
    pairs.stream()
        .sorted(
            Comparator.comparingInt(Pair::distance)
                .thenComparingInt(p -> -p.first().text().length())
                .thenComparing(p -> p.first().id() + p.second().id()))
        .filter(pair -> shown.add(pair.first()) && shown.add(pair.second()))
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
