// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import org.apache.lucene.util.StringHelper;

/** MurmurHash3 for 64-bit machines, 128 bits (Appleby, public domain). */
final class MurmurHash3 {

  private MurmurHash3() {}

  /** The two halves of the hash. */
  static long[] hash(byte[] bytes, int offset, int length, int seed) {
    return StringHelper.murmurhash3_x64_128(bytes, offset, length, seed);
  }
}
