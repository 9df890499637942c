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
package org.semantichash.trainer.report;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.semantichash.hash.BinaryCode;

/** Many codes of one width as 64-bit words, to count many distances fast. */
final class PackedCodes {

  private final int words;
  private final long[] packed;
  private final int size;

  PackedCodes(List<BinaryCode> codes) {
    size = codes.size();
    words = codes.isEmpty() ? 0 : (codes.get(0).bits() + 63) / 64;
    packed = new long[size * words];
    for (int i = 0; i < size; i++) {
      pack(codes.get(i), packed, i * words);
    }
  }

  private void pack(BinaryCode code, long[] target, int offset) {
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(code.toBytes(), words * Long.BYTES));
    for (int word = 0; word < words; word++) {
      target[offset + word] = bytes.getLong();
    }
  }

  /** The distance of each code to a query of the same width. */
  int[] distances(BinaryCode query) {
    long[] wanted = new long[words];
    pack(query, wanted, 0);
    int[] distances = new int[size];
    for (int i = 0; i < size; i++) {
      int distance = 0;
      for (int word = 0; word < words; word++) {
        distance += Long.bitCount(packed[i * words + word] ^ wanted[word]);
      }
      distances[i] = distance;
    }
    return distances;
  }
}
