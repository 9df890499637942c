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

/**
 * How a training went; every value is null where nothing is trained.
 *
 * @param validationPrecision the score of the best epoch on the validation part
 * @param secondsPerEpoch the median over the epochs, validation not included
 * @param epochs how many were run
 * @param bestEpoch which was kept, from 1
 */
public record Course(
    Double validationPrecision, Double secondsPerEpoch, Integer epochs, Integer bestEpoch) {

  /** Of what is not trained. */
  public static final Course NONE = new Course(null, null, null, null);
}
