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
