// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import org.semantichash.trainer.features.Features;

/**
 * How much was learned from and measured on.
 *
 * @param trainingDocuments learned from and searched
 * @param validationDocuments chose the epoch
 * @param testDocuments the queries
 * @param vocabulary the number of terms
 */
public record Parts(
    int trainingDocuments, int validationDocuments, int testDocuments, int vocabulary) {

  static Parts of(Features features) {
    return new Parts(
        features.training().size(),
        features.validation().size(),
        features.test().size(),
        features.vectorizer().vocabulary().size());
  }
}
