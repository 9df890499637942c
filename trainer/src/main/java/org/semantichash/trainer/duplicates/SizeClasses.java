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
package org.semantichash.trainer.duplicates;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Sizes of groups put together so that few bars show them all. */
final class SizeClasses {

  private static final int SINGLE = 8;

  private SizeClasses() {}

  /** Sizes below 8 by themselves, from there on from one power of two to below the next. */
  static NavigableMap<Integer, Long> of(NavigableMap<Integer, Long> sizes) {
    NavigableMap<Integer, Long> classes = new TreeMap<>();
    sizes.forEach(
        (size, groups) ->
            classes.merge(size < SINGLE ? size : Integer.highestOneBit(size), groups, Long::sum));
    return classes;
  }
}
