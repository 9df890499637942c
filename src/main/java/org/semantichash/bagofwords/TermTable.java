// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.UnicodeUtil;

/**
 * Terms and their positions in a list, which are their ids: an open-addressing table over one array
 * of all their bytes in UTF-8, about 55 bytes per term. Immutable.
 *
 * <p>A term is looked up by its first and its second eight bytes, as two little-endian numbers that
 * end in zeros where the term is shorter, so that most terms are hashed and compared without a
 * loop, and without a look at more than two places in memory. No term holds a character 0, so the
 * numbers tell how long it is.
 */
final class TermTable {

  /** How many bytes the two numbers hold. */
  static final int WORD_BYTES = 2 * Long.BYTES;

  /**
   * The longest run of slots that a look-up may walk through. Words of a language need far fewer at
   * a load of at most one half; terms that were made to collide would make every look-up slow.
   */
  private static final int MAX_PROBES = 256;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** By the number of bytes: those bits of a number that are read of it. */
  private static final long[] FIRST = new long[WORD_BYTES + 1];

  private static final long[] SECOND = new long[WORD_BYTES + 1];

  static {
    for (int length = 1; length <= WORD_BYTES; length++) {
      FIRST[length] = -1L >>> (Long.SIZE - Byte.SIZE * Math.min(length, Long.BYTES));
      SECOND[length] = length <= Long.BYTES ? 0 : -1L >>> (Byte.SIZE * (WORD_BYTES - length));
    }
  }

  /** All terms, one after the other, and zeros so that both numbers of the last can be read. */
  private final byte[] bytes;

  private final int[] ends;

  /** The two numbers of each term. */
  private final long[] numbers;

  /** The hash above the id plus one; 0 where a slot is free. */
  private final long[] slots;

  private final int shift;

  /**
   * A table of these terms.
   *
   * @param terms well-formed, none empty or with control characters
   * @throws IllegalArgumentException when a term stands twice, or when too many share their hash
   */
  TermTable(List<String> terms) {
    this.ends = new int[terms.size()];
    int length = 0;
    for (int id = 0; id < ends.length; id++) {
      length = Math.addExact(length, utf8(terms.get(id)).length);
      ends[id] = length;
    }
    this.bytes = new byte[Math.addExact(length, WORD_BYTES)];
    this.numbers = new long[Math.multiplyExact(2, ends.length)];
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, 2 * ends.length - 1));
    this.shift = Integer.SIZE - bits;
    this.slots = new long[1 << bits];
    for (int id = 0; id < ends.length; id++) {
      add(terms.get(id), id);
    }
  }

  private void add(String term, int id) {
    byte[] text = utf8(term);
    System.arraycopy(text, 0, bytes, start(id), text.length);
    long first = first(bytes, start(id), text.length);
    long second = second(bytes, start(id), text.length);
    if (find(first, second, text, 0, text.length) >= 0) {
      throw new IllegalArgumentException("term [" + term + "] stands twice in the vocabulary");
    }
    int hash = hash(first, second);
    int slot = firstSlot(hash);
    for (int probe = 0; slots[slot] != 0; probe++) {
      if (probe == MAX_PROBES) {
        throw new IllegalArgumentException(
            "terms of a vocabulary must have different hashes, but more than ["
                + MAX_PROBES
                + "] have about that of term ["
                + term
                + "]");
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = (long) hash << Integer.SIZE | (id + 1);
    numbers[2 * id] = first;
    numbers[2 * id + 1] = second;
  }

  /** The number in the first eight bytes of a term; what follows in the array is not read of it. */
  static long first(byte[] text, int from, int length) {
    return (long) LONG.get(text, from) & FIRST[Math.min(length, WORD_BYTES)];
  }

  /** The number in the second eight bytes. */
  static long second(byte[] text, int from, int length) {
    return (long) LONG.get(text, from + Long.BYTES) & SECOND[Math.min(length, WORD_BYTES)];
  }

  /**
   * The id of the term with these two numbers, or -1 when it is unknown.
   *
   * @param text where the term stands; read only where it is longer than both numbers
   */
  int find(long first, long second, byte[] text, int from, int to) {
    if (length(first, second) != Math.min(to - from, WORD_BYTES)) {
      return -1; // it ends in a character 0
    }
    int hash = hash(first, second);
    for (int slot = firstSlot(hash); ; slot = (slot + 1) & (slots.length - 1)) {
      long entry = slots[slot];
      if (entry == 0) {
        return -1;
      }
      int id = (int) entry - 1;
      if ((int) (entry >>> Integer.SIZE) == hash && equal(id, first, second, text, from, to)) {
        return id;
      }
    }
  }

  private boolean equal(int id, long first, long second, byte[] text, int from, int to) {
    return numbers[2 * id] == first
        && numbers[2 * id + 1] == second
        && (to - from < WORD_BYTES || equalBeyond(id, text, from, to));
  }

  private boolean equalBeyond(int id, byte[] text, int from, int to) {
    return Arrays.equals(bytes, start(id) + WORD_BYTES, ends[id], text, from + WORD_BYTES, to);
  }

  /** How many bytes two numbers hold, up to the last that is not 0. */
  private static int length(long first, long second) {
    return second == 0
        ? Long.BYTES - Long.numberOfLeadingZeros(first) / Byte.SIZE
        : WORD_BYTES - Long.numberOfLeadingZeros(second) / Byte.SIZE;
  }

  /** How many bytes a term of this length, in UTF-16 units, needs to be looked up. */
  static int lookupBytes(int length) {
    return UnicodeUtil.maxUTF8Length(length) + WORD_BYTES;
  }

  /**
   * The id of a term, or -1 when it is unknown.
   *
   * @param buffer overwritten; at least {@link #lookupBytes} long
   */
  int find(CharSequence term, byte[] buffer) {
    int length = UnicodeUtil.UTF16toUTF8(term, 0, term.length(), buffer);
    int id = find(first(buffer, 0, length), second(buffer, 0, length), buffer, 0, length);
    // Half a character, which no term has, became a replacement character, which a term may have.
    return id >= 0 && isWellFormed(term) ? id : -1;
  }

  private static boolean isWellFormed(CharSequence term) {
    for (int i = 0; i < term.length(); i++) {
      if (Character.isSurrogate(term.charAt(i))) {
        if (i + 1 == term.length()
            || Character.isSurrogatePair(term.charAt(i), term.charAt(i + 1)) == false) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static byte[] utf8(String term) {
    return term.getBytes(StandardCharsets.UTF_8);
  }

  /** Both numbers times odd constants, the high bits folded down. */
  static int hash(long first, long second) {
    long mixed = first * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(second * 0xC2B2AE3D27D4EB4FL, 31);
    return (int) (mixed ^ mixed >>> Integer.SIZE);
  }

  int firstSlot(int hash) {
    return (hash * 0x9E3779B9) >>> shift;
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  /** The number of terms. */
  int size() {
    return ends.length;
  }

  /** The term with an id. */
  String term(int id) {
    return new String(bytes, start(id), ends[id] - start(id), StandardCharsets.UTF_8);
  }

  /** The bytes of its arrays. */
  long heapBytes() {
    return bytes.length + 4L * ends.length + 8L * numbers.length + 8L * slots.length;
  }
}
