// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

import java.util.List;

/**
 * How badly logits tell the labels of documents: for each label the cross-entropy of a Bernoulli
 * variable, so that a document may have any number of them.
 */
final class LabelLoss {

  private LabelLoss() {}

  static Variable of(Recording tape, Variable logits, List<int[]> labels) {
    Variable loss = tape.variable(1, 1);
    int rows = logits.value.rows;
    int width = logits.value.columns;
    double sum = 0;
    for (float logit : logits.value.data) {
      sum += ElementOperations.softplus(logit);
    }
    for (int row = 0; row < rows; row++) {
      for (int label : labels.get(row)) {
        sum -= logits.value.data[row * width + label];
      }
    }
    loss.value.data[0] = (float) (sum / rows);
    tape.onBackward(
        () -> {
          float scale = loss.gradient.data[0] / rows;
          for (int i = 0; i < logits.gradient.data.length; i++) {
            logits.gradient.data[i] += scale * ElementOperations.sigmoid(logits.value.data[i]);
          }
          for (int row = 0; row < rows; row++) {
            for (int label : labels.get(row)) {
              logits.gradient.data[row * width + label] -= scale;
            }
          }
        });
    return loss;
  }
}
