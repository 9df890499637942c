// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.List;
import org.semantichash.bagofwords.SparseVector;

/**
 * Documents to learn from.
 *
 * @param vectors the weights of the terms of each document
 * @param labels for each document its label ids, ascending; empty when it has none
 * @param vocabularySize the number of terms; every term id is below it
 */
public record Dataset(List<SparseVector> vectors, List<int[]> labels, int vocabularySize) {

  /** Checks that there is a list of labels for each document. */
  public Dataset {
    vectors = List.copyOf(vectors);
    labels = List.copyOf(labels);
    if (vectors.size() != labels.size()) {
      throw new IllegalArgumentException(
          "[labels] must have ["
              + vectors.size()
              + "] entries, one per document, got ["
              + labels.size()
              + "]");
    }
  }

  /** The number of documents. */
  public int size() {
    return vectors.size();
  }

  /** Whether any document has a label. */
  public boolean isLabelled() {
    return labels.stream().anyMatch(l -> l.length > 0);
  }
}
