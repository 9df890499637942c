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

/** What a method wants to have minimised, and the network that comes of it. */
public interface Objective {

  /** Everything that is learned, always in the same order. */
  List<Parameter> parameters();

  /**
   * The mean loss of a batch.
   *
   * @return [1, 1], in nats a document
   */
  Variable loss(Tape tape, Batch batch);

  /**
   * Called after each epoch, before the next: a method may choose anew what it learns from.
   *
   * @param epoch from 1
   */
  default void onEpoch(int epoch) {}

  /** The encoder as it is now, copied. */
  HashNetwork network();
}
