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
 * A random split.
 *
 * @param validation share of the documents that choose the epoch
 * @param test share of the documents that are queries, looked at once
 * @param seed of the split; the seeds of the runs do not change it
 */
public record SplitSpec(double validation, double test, long seed) {

  /** Checks. */
  public SplitSpec {
    SpecCheck.require(validation > 0, "validation", "be above [0]", validation);
    SpecCheck.require(test > 0, "test", "be above [0]", test);
    SpecCheck.require(
        validation + test < 1, "validation + test", "be below [1]", validation + test);
  }
}
