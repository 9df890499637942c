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
package org.semantichash.duplicates;

/**
 * What groups are wanted.
 *
 * @param linkage when groups are merged
 * @param minSize the documents that a group must have, 2 or more
 * @param maxSize the documents up to which groups are merged, minSize or more
 */
public record Grouping(Linkage linkage, int minSize, int maxSize) {

  /** Checks the sizes. */
  public Grouping {
    if (minSize < 2) {
      throw new IllegalArgumentException(
          "[min_group_size] must be at least [2], got [" + minSize + "]");
    }
    if (maxSize < minSize) {
      throw new IllegalArgumentException(
          "[max_group_size] must be at least [min_group_size], which is ["
              + minSize
              + "], got ["
              + maxSize
              + "]");
    }
  }
}
