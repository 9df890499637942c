// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 for 64-bit machines, 128 bits (Appleby, public domain), which Lucene 9 lacks. */
final class MurmurHash3 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK = 2 * Long.BYTES;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private MurmurHash3() {}

  /** The two halves of the hash. */
  static long[] hash(byte[] bytes, int offset, int length, int seed) {
    long h1 = Integer.toUnsignedLong(seed);
    long h2 = h1;
    int tail = length - length % BLOCK;
    for (int i = offset; i < offset + tail; i += BLOCK) {
      h1 ^= mix1((long) LONGS.get(bytes, i));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mix2((long) LONGS.get(bytes, i + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    h1 ^= mix1(littleEndian(bytes, offset + tail, Math.min(length - tail, Long.BYTES)));
    h2 ^= mix2(littleEndian(bytes, offset + tail + Long.BYTES, length - tail - Long.BYTES));
    return finish(h1 ^ length, h2 ^ length);
  }

  /** The bytes of a rest as a number, 0 when there are none. */
  private static long littleEndian(byte[] bytes, int offset, int length) {
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(bytes[offset + i]);
    }
    return number;
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long[] finish(long first, long second) {
    long h1 = first + second;
    long h2 = second + h1;
    h1 = finalMix(h1);
    h2 = finalMix(h2);
    h1 += h2;
    return new long[] {h1, h2 + h1};
  }

  private static long finalMix(long number) {
    long k = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
    k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
    return k ^ k >>> 33;
  }
}
