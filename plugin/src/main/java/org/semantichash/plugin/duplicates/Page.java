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
package org.semantichash.plugin.duplicates;

/**
 * Which groups of a result are shown.
 *
 * @param from the first, from 0
 * @param size how many, at most
 */
public record Page(int from, int size) {

  private static final int MAX_SIZE = 10_000;

  /** Checks both. */
  public Page {
    if (from < 0) {
      throw new IllegalArgumentException("[from] must be at least [0], got [" + from + "]");
    }
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "[size] must be between [0] and [" + MAX_SIZE + "], got [" + size + "]");
    }
  }

  /** Whether all of so many groups are shown. */
  public boolean holds(int groups) {
    return from == 0 && groups <= size;
  }

  /** The group after the last. */
  public int end() {
    return Math.addExact(from, size);
  }
}
