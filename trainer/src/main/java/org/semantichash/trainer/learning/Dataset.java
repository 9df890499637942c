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
package org.semantichash.trainer.learning;

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
              + "] entries, one a document, got ["
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
