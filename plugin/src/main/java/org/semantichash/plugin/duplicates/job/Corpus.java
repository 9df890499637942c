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
package org.semantichash.plugin.duplicates.job;

import java.util.Arrays;
import java.util.List;
import org.semantichash.plugin.duplicates.shard.ShardReader;

/**
 * The codes of all shards, in the order of the shards and of their documents.
 *
 * @param readers of the shards
 * @param starts the first code of each shard, [shards + 1]
 * @param codes of all
 * @param counted how many documents count, with and without codes
 */
record Corpus(List<ShardReader> readers, int[] starts, ReadCodes codes, long counted) {

  /** The place of the shard of a code. */
  int shard(int code) {
    int found = Arrays.binarySearch(starts, code);
    if (found < 0) {
      return -2 - found;
    }
    while (starts[found + 1] == code) {
      found++; // shards without codes
    }
    return found;
  }

  /** The index of a code. */
  String index(int code) {
    return readers.get(shard(code)).shard().getIndexName();
  }
}
