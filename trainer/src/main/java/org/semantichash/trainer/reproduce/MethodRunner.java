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

import java.util.Map;
import org.semantichash.trainer.features.Features;

/** Trains one method once. */
public interface MethodRunner {

  /**
   * Learns from the training part and chooses the epoch on the validation part; the test part is
   * not to be looked at.
   *
   * @param method its name
   * @param supervised whether it may see the labels of the training part
   * @param options of the method and of the training, by name
   * @param bits the width
   * @param seed of every random choice
   * @throws IllegalArgumentException for a method or an option that does not exist
   * @throws java.util.concurrent.CancellationException when it was asked to stop
   */
  Outcome run(
      String method,
      boolean supervised,
      Map<String, String> options,
      int bits,
      long seed,
      Features features);
}
