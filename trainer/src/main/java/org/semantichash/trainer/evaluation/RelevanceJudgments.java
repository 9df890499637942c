// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.semantichash.trainer.training.Dataset;

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

  /**
   * Which documents of a database have a label: two documents match when they share one. A label of
   * few documents keeps a list of them, so that many labels do not take one bit per document each.
   * Queries with the same labels get the same set, which is made once. Safe for use by many
   * threads.
   */
  static final class LabelIndex {

    /** From this share of the documents on, one bit per document takes less than a list. */
    private static final int DENSE = Integer.SIZE;

    private static final long MAX_KEPT_BITS = 1L << 29; // 64 MiB

    private static final int[] NONE = new int[0];

    private final int size;
    private final Map<Integer, BitSet> dense = new HashMap<>();
    private final Map<Integer, int[]> sparse = new HashMap<>();
    private final Map<List<Integer>, DocumentSet> kept = new ConcurrentHashMap<>();

    LabelIndex(List<int[]> labels) {
      size = labels.size();
      Map<Integer, Integer> counts = new HashMap<>();
      labels.forEach(ids -> Arrays.stream(ids).forEach(id -> counts.merge(id, 1, Integer::sum)));
      counts.forEach(
          (label, count) -> {
            if (count > size / DENSE) {
              dense.put(label, new BitSet(size));
            } else {
              sparse.put(label, new int[count]);
            }
          });
      for (int document = size - 1; document >= 0; document--) {
        for (int label : labels.get(document)) {
          int left = counts.merge(label, -1, Integer::sum);
          if (dense.containsKey(label)) {
            dense.get(label).set(document);
          } else {
            sparse.get(label)[left] = document;
          }
        }
      }
    }

    /** The documents that share a label with these. */
    DocumentSet matching(int[] labels) {
      List<Integer> key = Arrays.stream(labels).boxed().toList();
      DocumentSet known = kept.get(key);
      if (known != null) {
        return known;
      }
      DocumentSet made = union(key);
      if ((long) kept.size() * size < MAX_KEPT_BITS) {
        kept.put(key, made);
      }
      return made;
    }

    private DocumentSet union(List<Integer> labels) {
      BitSet union = new BitSet(size);
      for (int label : labels) {
        if (dense.containsKey(label)) {
          union.or(dense.get(label));
        }
        for (int document : sparse.getOrDefault(label, NONE)) {
          union.set(document);
        }
      }
      return new DocumentSet(union, size);
    }
  }

  /**
   * Some documents of a database, one bit per document, which a loop over all of them reads fast.
   */
  static final class DocumentSet {

    private final long[] words;
    private final int size;

    /**
     * The set bits below a number of documents.
     *
     * @param members one bit per document
     * @param documents the number of documents in the database
     */
    DocumentSet(BitSet members, int documents) {
      words = Arrays.copyOf(members.toLongArray(), (documents + 63) / 64);
      size = members.cardinality();
    }

    /** How many documents are in the set. */
    int size() {
      return size;
    }

    /** 1 for a document in the set, 0 for another: to be added without a branch. */
    int bit(int document) {
      return (int) (words[document >> 6] >>> document) & 1;
    }
  }

  /**
   * Whether labels can tell good codes from bad ones. Every code is as good as any other when
   * nearly all documents have the same label, or hardly two have one in common.
   *
   * @param queries the labels of the documents that are searched for; empty where there are none
   * @param database the labels of the documents that are searched
   */
  record LabelCheck(List<int[]> queries, List<int[]> database) {

    private static final double MOST_EQUAL = 0.98;
    private static final double LEAST_SHARED = 0.5;

    LabelCheck(Dataset queries, Dataset database) {
      this(queries.labels(), database.labels());
    }

    /** Why the labels say nothing; empty when they do. */
    Optional<String> problem() {
      List<int[]> labelled = queries.stream().filter(labels -> labels.length > 0).toList();
      if (labelled.isEmpty()) {
        return Optional.of("no document that is searched for has a label");
      }
      Map<Integer, Integer> counts = new HashMap<>();
      for (int[] labels : labelled) {
        for (int label : labels) {
          counts.merge(label, 1, Integer::sum);
        }
      }
      int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (most >= MOST_EQUAL * labelled.size()) {
        return Optional.of(
            share(most, labelled.size()) + " of the labelled documents have one label");
      }
      Set<Integer> known = new HashSet<>();
      database.forEach(labels -> add(labels, known));
      long shared = labelled.stream().filter(labels -> isAny(labels, known)).count();
      return shared < LEAST_SHARED * labelled.size()
          ? Optional.of(
              "only "
                  + share(shared, labelled.size())
                  + " of the labelled documents share a label with any other")
          : Optional.empty();
    }

    private static void add(int[] labels, Set<Integer> known) {
      for (int label : labels) {
        known.add(label);
      }
    }

    private static boolean isAny(int[] labels, Set<Integer> known) {
      for (int label : labels) {
        if (known.contains(label)) {
          return true;
        }
      }
      return false;
    }

    private static String share(long part, long all) {
      return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / all);
    }
  }
}
