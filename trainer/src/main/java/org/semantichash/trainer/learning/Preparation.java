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

/** Hears how far the work before the first epoch is, from any thread. */
public interface Preparation {

  /** Hears nothing. */
  Preparation NONE = (documents, of) -> {};

  /**
   * Some more documents are done.
   *
   * @param documents how many are done in all
   * @param of how many there are
   * @throws java.util.concurrent.CancellationException when the work is to be given up
   */
  void onDocuments(int documents, int of);
}
