// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;

/** The documents of one step, by document and, where it is asked for, by term. */
public final class SparseBatch {

  private final List<SparseVector> documents;
  final int vocabularySize;
  private ByTerm byTerm;

  /** A batch of these documents. */
  public SparseBatch(List<SparseVector> documents, int vocabularySize) {
    assert documents.stream().allMatch(d -> d.size() == 0 || d.id(d.size() - 1) < vocabularySize);
    this.documents = List.copyOf(documents);
    this.vocabularySize = vocabularySize;
  }

  /** The number of documents. */
  public int size() {
    return documents.size();
  }

  public SparseVector document(int index) {
    return documents.get(index);
  }

  /** The same by term, made when it is first asked for; for one thread. */
  ByTerm byTerm() {
    if (byTerm == null) {
      byTerm = new ByTerm(documents);
    }
    return byTerm;
  }

  /** Who holds each term. */
  static final class ByTerm {

    /** The terms that occur, ascending; the i-th has the entries starts[i] to starts[i + 1]. */
    final int[] terms;

    final int[] starts;
    final int[] documentOf;
    final float[] weightOf;

    /** How many of {@link #terms} are used. */
    final int distinctTerms;

    private ByTerm(List<SparseVector> documents) {
      int entries = documents.stream().mapToInt(SparseVector::size).sum();
      terms = new int[entries];
      starts = new int[entries + 1];
      documentOf = new int[entries];
      weightOf = new float[entries];
      distinctTerms = invert(documents, order(documents, entries));
    }

    /** Term and document, packed so that they sort by term. */
    private static long[] order(List<SparseVector> documents, int entries) {
      long[] order = new long[entries];
      int next = 0;
      for (int d = 0; d < documents.size(); d++) {
        for (int i = 0; i < documents.get(d).size(); i++) {
          order[next++] = ((long) documents.get(d).id(i) << 32) | d;
        }
      }
      Arrays.sort(order);
      return order;
    }

    private int invert(List<SparseVector> documents, long[] order) {
      int[] place = new int[documents.size()]; // a document's ids ascend, as does the order
      int distinct = 0;
      for (int e = 0; e < order.length; e++) {
        int term = (int) (order[e] >>> 32);
        int document = (int) order[e];
        if (e == 0 || term != terms[distinct - 1]) {
          starts[distinct] = e;
          terms[distinct++] = term;
        }
        documentOf[e] = document;
        weightOf[e] = documents.get(document).weight(place[document]++);
      }
      starts[distinct] = order.length;
      return distinct;
    }
  }
}
