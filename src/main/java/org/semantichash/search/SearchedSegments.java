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
package org.semantichash.search;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.LongAdder;

/** How many segments a query has searched in which way, for the profile. */
final class SearchedSegments {

  private final Map<SearchPath, LongAdder> segments = new EnumMap<>(SearchPath.class);

  SearchedSegments() {
    for (SearchPath path : SearchPath.values()) {
      segments.put(path, new LongAdder());
    }
  }

  void count(SearchPath path) {
    segments.get(path).increment();
  }

  /** Nothing before the first search, else the ways with their segments. */
  @Override
  public String toString() {
    StringJoiner ways = new StringJoiner(", ", ", segments={", "}").setEmptyValue("");
    segments.forEach(
        (path, count) -> {
          if (count.sum() > 0) {
            ways.add(path + "=" + count.sum());
          }
        });
    return ways.toString();
  }
}
