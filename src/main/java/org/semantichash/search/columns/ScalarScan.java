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
package org.semantichash.search.columns;

/** One code after the other, with the processor's bit count. */
public final class ScalarScan implements CodeScan {

  @Override
  public int scan(
      long[][] columns,
      long[] query,
      int from,
      int to,
      int maxDistance,
      int[] ordinals,
      int[] distances) {
    int found = 0;
    for (int ordinal = from; ordinal < to; ordinal++) {
      int distance = 0;
      for (int word = 0; word < query.length; word++) {
        distance += Long.bitCount(columns[word][ordinal] ^ query[word]);
      }
      ordinals[found] = ordinal;
      distances[found] = distance;
      found += distance <= maxDistance ? 1 : 0;
    }
    return found;
  }
}
