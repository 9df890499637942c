// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.HammingCounter.DistanceCounts;
import org.semantichash.trainer.evaluation.HammingCounter.TopKMatches;
import org.semantichash.trainer.evaluation.RelevanceJudgments.DocumentSet;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;

/**
 * Precision at k and mean average precision at k as the papers measure them: queries are held-out
 * documents, the database is the training documents, and a document matches when it shares a label
 * with the query. Codes of few bits have thousands of ties, so these count in expectation (see
 * {@link RetrievalScore}). Queries without a label are left out of both.
 */
public final class RetrievalEvaluator {

  private final RelevanceJudgments judgments;
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
    this.judgments = new RelevanceJudgments(queryLabels, databaseLabels);
    this.k = Math.min(k, databaseLabels.size());
  }

  /** Ranks by Hamming distance. */
  public RetrievalScore codes(List<BinaryCode> queries, List<BinaryCode> database) {
    judgments.checkSizes(queries, database);
    HammingCounter packed = new HammingCounter(database);
    return score(
        query -> {
          DocumentSet relevant = judgments.relevant(query);
          long[] code = packed.words(queries.get(query));
          return packed.count(code, relevant).top(k, relevant.size());
        });
  }

  /** Ranks by the scalar product, which is the cosine for vectors of length 1. */
  public RetrievalScore cosine(List<SparseVector> queries, List<SparseVector> database) {
    judgments.checkSizes(queries, database);
    InvertedIndex index = new InvertedIndex(database);
    return score(
        query ->
            new CosineRanking(index.scores(queries.get(query)), Math.max(k, TopKMatches.FEW))
                .top(k, judgments.relevant(query)));
  }

  /** What a random order gets; its precision is the share of matching documents. */
  public RetrievalScore randomOrder() {
    return score(
        query -> {
          int relevant = judgments.relevant(query).size();
          TopKMatches top = new TopKMatches(k, relevant, judgments.documents());
          top.add(judgments.documents(), relevant);
          return top;
        });
  }

  /** The precision of a random order. */
  public double chance() {
    return randomOrder().precision();
  }

  /** Both rankings of the same documents; a query's cosines and distances are computed once. */
  public Comparison compare(
      List<SparseVector> queries,
      List<BinaryCode> queryCodes,
      List<SparseVector> database,
      List<BinaryCode> databaseCodes) {
    judgments.checkSizes(queries, database);
    judgments.checkSizes(queryCodes, databaseCodes);
    HammingCounter packed = new HammingCounter(databaseCodes);
    InvertedIndex index = new InvertedIndex(database);
    int ranked = Math.max(k, NeighbourRecall.MOST);
    List<QueryComparison> each =
        forEach(
            query -> true,
            query ->
                QueryComparison.of(
                    packed,
                    packed.words(queryCodes.get(query)),
                    new CosineRanking(index.scores(queries.get(query)), ranked),
                    judgments.relevant(query),
                    k));
    List<QueryComparison> judged =
        IntStream.range(0, each.size()).filter(judgments::isJudged).mapToObj(each::get).toList();
    return new Comparison(
        TopKMatches.mean(judged.stream().map(QueryComparison::codes).toList(), k),
        TopKMatches.mean(judged.stream().map(QueryComparison::cosine).toList(), k),
        judged.stream().map(query -> query.codes().precision()).toList(),
        judged.stream().map(query -> query.cosine().precision()).toList(),
        NeighbourRecall.mean(each.stream().map(QueryComparison::neighbours).toList()));
  }

  private RetrievalScore score(IntFunction<TopKMatches> matches) {
    return TopKMatches.mean(forEach(judgments::isJudged, matches), k);
  }

  private <T> List<T> forEach(IntPredicate counts, IntFunction<T> result) {
    return IntStream.range(0, judgments.queries())
        .parallel()
        .filter(counts)
        .mapToObj(result)
        .toList();
  }

  /**
   * How many of the k nearest documents match, and how far ahead they are: means over the queries
   * that have a label. A query whose labels no document of the database has counts with 0 in both.
   *
   * @param at1 the share of queries whose nearest document matches, ties as with the others
   * @param at10 the share of matches among the 10 nearest, or among all documents if fewer
   * @param precision the share of matches among the k nearest, the expected value when ties at the
   *     k-th place are broken at random
   * @param worst the same when every tie is broken against us
   * @param best the same when every tie is broken for us
   * @param meanAveragePrecision mAP@k, the mean of the queries' average precision AP@k = 1 / min(k,
   *     R) * sum over the ranks r = 1..k of rel(r) * precision(r), with R the matches in the whole
   *     database; the expected value when all ties are broken at random
   * @param queries the number of queries that have a label
   */
  public record RetrievalScore(
      double at1,
      double at10,
      double precision,
      double worst,
      double best,
      double meanAveragePrecision,
      int queries) {}

  /**
   * The precision of one query, the expected value over the orders of ties.
   *
   * @param at1 of the nearest document
   * @param at10 of the 10 nearest
   * @param atK of the k nearest
   */
  public record QueryPrecision(double at1, double at10, double atK) {}

  /**
   * Codes beside exact TF-IDF cosine, for the same queries and documents.
   *
   * @param codes the ranking by Hamming distance
   * @param cosine the ranking by exact cosine
   * @param eachByCode the precisions of each query that has a label, in their order
   * @param eachByCosine the same by exact cosine
   * @param neighbours how many of the nearest by cosine are among the nearest by Hamming distance
   */
  public record Comparison(
      RetrievalScore codes,
      RetrievalScore cosine,
      List<QueryPrecision> eachByCode,
      List<QueryPrecision> eachByCosine,
      NeighbourRecall neighbours) {}

  /**
   * What codes and exact cosine find for one query.
   *
   * @param codes the matches by Hamming distance
   * @param cosine the matches by exact cosine
   * @param neighbours the recall of the nearest by cosine
   */
  record QueryComparison(TopKMatches codes, TopKMatches cosine, NeighbourRecall neighbours) {

    /**
     * Compares the two rankings.
     *
     * @param database the codes that are searched
     * @param query the words of the query's code
     * @param ranking of the same documents, at least the first k and those neighbours that count
     * @param matching the documents that match
     * @param k how many of the nearest count
     */
    static QueryComparison of(
        HammingCounter database, long[] query, CosineRanking ranking, DocumentSet matching, int k) {
      DistanceCounts counts = database.count(query, matching);
      return new QueryComparison(
          counts.top(k, matching.size()),
          ranking.top(k, matching),
          NeighbourRecall.of(
              ranking.above0(NeighbourRecall.MOST),
              document -> database.distance(document, query),
              counts));
    }
  }

  /**
   * One query's documents by their scores, the largest first; of equal scores the document with the
   * lower index comes first.
   */
  static final class CosineRanking {

    private final float[] scores;
    private final int[] first;

    /**
     * Ranks the first n documents.
     *
     * @param scores one for each document, not copied
     * @param n how many to rank; all when there are fewer
     */
    CosineRanking(float[] scores, int n) {
      this.scores = scores;
      this.first = first(scores, Math.min(n, scores.length));
    }

    /** Keeps up to 2n documents, and of these the best n whenever there is no room for more. */
    private static int[] first(float[] scores, int n) {
      long[] keys = new long[2 * n];
      int filled = 0;
      long least = Long.MIN_VALUE;
      for (int document = 0; document < scores.length; document++) {
        long key = key(scores[document], document);
        if (key > least) {
          keys[filled++] = key;
          if (filled == keys.length) {
            Arrays.sort(keys);
            System.arraycopy(keys, n, keys, 0, n);
            filled = n;
            least = keys[0];
          }
        }
      }
      Arrays.sort(keys, 0, filled);
      int[] documents = new int[n];
      for (int i = 0; i < n; i++) {
        documents[i] = ~(int) keys[filled - 1 - i];
      }
      return documents;
    }

    /** Ascends with the score, and, for equal scores, as the index descends. */
    private static long key(float score, int document) {
      int bits = Float.floatToIntBits(score + 0f); // + 0 as -0 equals 0
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      return (long) ascending << 32 | (~document & 0xffffffffL);
    }

    /** The first n documents whose score is above 0, fewer when there are not as many. */
    int[] above0(int n) {
      return Arrays.stream(first).limit(n).filter(document -> scores[document] > 0).toArray();
    }

    /** The matches among the first k documents, at most as many as were ranked. */
    TopKMatches top(int k, DocumentSet matching) {
      int depth = Math.max(k, Math.min(TopKMatches.FEW, scores.length));
      assert 0 < k && depth <= first.length : depth + " of " + first.length;
      TopKMatches top = new TopKMatches(k, matching.size(), scores.length);
      float last = scores[first[depth - 1]];
      int i = 0;
      while (scores[first[i]] > last) {
        float score = scores[first[i]];
        int start = i;
        int matches = 0;
        for (; scores[first[i]] == score; i++) {
          matches += matching.bit(first[i]);
        }
        top.add(i - start, matches);
      }
      addAll(last, matching, top);
      return top;
    }

    /** The group of the last place, which has documents beyond those ranked. */
    private void addAll(float score, DocumentSet matching, TopKMatches top) {
      int documents = 0;
      int matches = 0;
      for (int document = 0; document < scores.length; document++) {
        if (scores[document] == score) {
          documents++;
          matches += matching.bit(document);
        }
      }
      top.add(documents, matches);
    }
  }
}
