// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.List;

/** Which documents of a database are relevant to which query: those that share a label with it. */
final class RelevanceJudgments {

  private final List<int[]> queryLabels;
  private final int documents;
  private final LabelIndex labels;

  /**
   * Judgments by label.
   *
   * @param queryLabels for each query its label ids
   * @param databaseLabels for each document its label ids
   */
  RelevanceJudgments(List<int[]> queryLabels, List<int[]> databaseLabels) {
    if (databaseLabels.isEmpty()) {
      throw new IllegalArgumentException("the database must have documents, got [0]");
    }
    this.queryLabels = List.copyOf(queryLabels);
    this.documents = databaseLabels.size();
    this.labels = new LabelIndex(databaseLabels);
  }

  /** The number of queries, with a label or without. */
  int queries() {
    return queryLabels.size();
  }

  /** The number of documents in the database. */
  int documents() {
    return documents;
  }

  /** Whether a query has a label, without which nothing is known of it. */
  boolean isJudged(int query) {
    return queryLabels.get(query).length > 0;
  }

  /** The documents that are relevant to a query. */
  DocumentSet relevant(int query) {
    return labels.matching(queryLabels.get(query));
  }

  /** Checks that what is searched for and in are the queries and documents judged. */
  void checkSizes(List<?> queries, List<?> database) {
    checkSize("queries", queries.size(), queryLabels.size());
    checkSize("database", database.size(), documents);
  }

  private static void checkSize(String name, int got, int labels) {
    if (got != labels) {
      throw new IllegalArgumentException(
          "[" + name + "] must have [" + labels + "] entries, as its labels, got [" + got + "]");
    }
  }
}
