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
package org.semantichash.trainer.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.InvertedIndex;

/**
 * Precision at k as the papers measure it: queries are held-out documents, the database is the
 * training documents, and a document matches when it shares a label with the query. Codes of few
 * bits have thousands of ties, so these count in proportion (see {@link RetrievalScore}). Queries
 * without a label are left out.
 */
public final class RetrievalEvaluator {

  private final List<int[]> queryLabels;
  private final int databaseSize;
  private final LabelIndex labels;
  private final int k;

  /**
   * An evaluation.
   *
   * @param queryLabels for each query its label ids
   * @param databaseLabels for each document of the database its label ids
   * @param k how many of the nearest count; all documents when there are fewer
   */
  public RetrievalEvaluator(List<int[]> queryLabels, List<int[]> databaseLabels, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("[k] must be at least [1], got [" + k + "]");
    }
    if (databaseLabels.isEmpty()) {
      throw new IllegalArgumentException("the database must have documents, got [0]");
    }
    this.queryLabels = List.copyOf(queryLabels);
    this.databaseSize = databaseLabels.size();
    this.labels = new LabelIndex(databaseLabels);
    this.k = Math.min(k, databaseSize);
  }

  /** Ranks by Hamming distance. */
  public RetrievalScore codes(List<BinaryCode> queries, List<BinaryCode> database) {
    PackedCodes packed = new PackedCodes(database);
    return score(query -> codeMatches(packed, queries.get(query), queryLabels.get(query)));
  }

  private TopKMatches codeMatches(PackedCodes database, BinaryCode query, int[] wanted) {
    BitSet matching = labels.matching(wanted);
    int[] documents = new int[query.bits() + 1];
    int[] matches = new int[query.bits() + 1];
    int[] distances = database.distances(query);
    for (int i = 0; i < distances.length; i++) {
      documents[distances[i]]++;
      if (matching.get(i)) {
        matches[distances[i]]++;
      }
    }
    TopKMatches top = new TopKMatches(k);
    for (int distance = 0; top.isFull() == false; distance++) {
      top.add(documents[distance], matches[distance]);
    }
    return top;
  }

  /** Ranks by the scalar product, which is the cosine for vectors of length 1. */
  public RetrievalScore cosine(List<SparseVector> queries, List<SparseVector> database) {
    InvertedIndex index = new InvertedIndex(database);
    return score(query -> cosineMatches(index, queries.get(query), queryLabels.get(query)));
  }

  private TopKMatches cosineMatches(InvertedIndex index, SparseVector query, int[] wanted) {
    BitSet matching = labels.matching(wanted);
    float[] scores = index.scores(query);
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    float last = sorted[sorted.length - k];
    int above = 0;
    int aboveMatches = 0;
    int ties = 0;
    int tieMatches = 0;
    for (int i = 0; i < scores.length; i++) {
      int match = matching.get(i) ? 1 : 0;
      if (scores[i] > last) {
        above++;
        aboveMatches += match;
      } else if (scores[i] == last) {
        ties++;
        tieMatches += match;
      }
    }
    TopKMatches top = new TopKMatches(k);
    top.add(above, aboveMatches);
    top.add(ties, tieMatches);
    return top;
  }

  /** What a random order gets: the share of matching documents. */
  public double chance() {
    return IntStream.range(0, queryLabels.size())
        .filter(query -> queryLabels.get(query).length > 0)
        .mapToDouble(q -> (double) labels.matching(queryLabels.get(q)).cardinality() / databaseSize)
        .average()
        .orElse(0);
  }

  private interface Matches {
    TopKMatches of(int query);
  }

  private RetrievalScore score(Matches matches) {
    List<TopKMatches> queries =
        IntStream.range(0, queryLabels.size())
            .parallel()
            .filter(query -> queryLabels.get(query).length > 0)
            .mapToObj(matches::of)
            .toList();
    return TopKMatches.mean(new ArrayList<>(queries), k);
  }
}
