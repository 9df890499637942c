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
package org.semantichash.it.duplicates.node;

import java.nio.file.Path;

/**
 * How much is measured on a node.
 *
 * @param documents of an index
 * @param rounds of each measurement
 * @param seed of all codes and samples
 * @param heap of the node, for example [1g]
 * @param cold how many indices are searched first when the node has just started; others are not
 *     searched cold
 * @param work a folder for models
 */
public record NodeScale(int documents, int rounds, long seed, String heap, int cold, Path work) {

  private static final int FULL = 1_000_000;
  private static final String HEAP = "1g";

  /** A million documents at most, and a heap of 1 GB where none is given. */
  public NodeScale {
    documents = Math.min(documents, FULL);
    heap = heap.isBlank() ? HEAP : heap.strip();
  }
}
