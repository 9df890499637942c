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
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;

/** Experimental. */
final class Thinning {

  private Thinning() {}

  static Batch of(Batch batch, Dataset documents, double keep, SplittableRandom random) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    int[] all = new int[batch.size()];
    for (int row = 0; row < batch.size(); row++) {
      vectors.add(thin(batch.vectors().document(row), keep, random));
      labels.add(new int[0]);
      all[row] = row;
    }
    return Batch.of(new Dataset(vectors, labels, documents.vocabularySize()), all);
  }

  private static SparseVector thin(SparseVector vector, double keep, SplittableRandom random) {
    int[] ids = new int[vector.size()];
    float[] weights = new float[vector.size()];
    double squares = 0;
    int n = 0;
    for (int i = 0; i < vector.size(); i++) {
      if (random.nextDouble() < keep) {
        ids[n] = vector.id(i);
        weights[n] = vector.weight(i);
        squares += (double) weights[n] * weights[n];
        n++;
      }
    }
    for (int i = 0; i < n; i++) {
      weights[i] /= (float) Math.sqrt(squares);
    }
    return SparseVector.of(Arrays.copyOf(ids, n), Arrays.copyOf(weights, n));
  }
}
