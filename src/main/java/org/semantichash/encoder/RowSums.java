// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel of {@link IntegerNetwork}: sums of rows of bytes, each times a factor. Whatever the
 * order, integers give the same sums.
 */
abstract class RowSums {

  /** How far beyond the end of a row, and of the sums, an implementation may read and write. */
  static final int PADDING = 64;

  /** The fastest that this JVM has: needs the module jdk.incubator.vector, else plain loops. */
  static RowSums best() {
    return Best.KERNEL;
  }

  /** With plain loops. */
  static RowSums scalar() {
    return Scalar.INSTANCE;
  }

  /**
   * sums += factors times rows.
   *
   * @param rows row-major, with at least {@link #PADDING} further bytes behind them
   * @param offset of the first row
   * @param width of a row
   * @param ids row numbers; one more than the count may be read when that is odd
   * @param factors one for each row, -127 to 127; beyond an odd count there must be a 0
   * @param count how many rows there are
   * @param sums [width], with at least {@link #PADDING} further places, which are overwritten
   */
  abstract void add(
      byte[] rows, int offset, int width, int[] ids, short[] factors, int count, int[] sums);

  /**
   * sums += factors times all rows, in their order.
   *
   * @param factors one for each row, -127 to 127; beyond an odd count there must be a 0
   * @param count how many rows there are
   */
  abstract void addAll(byte[] rows, int offset, int width, short[] factors, int count, int[] sums);

  /**
   * values = min(max(sums, 0) >> shift, 127).
   *
   * @param count how many there are
   * @param values [count], with at least {@link #PADDING} further places, which are overwritten
   */
  void values(int[] sums, int count, int shift, short[] values) {
    for (int i = 0; i < count; i++) {
      values[i] = (short) Math.min(Math.max(sums[i], 0) >> shift, IntegerNetwork.LARGEST);
    }
  }

  /** Decided once. */
  private static final class Best {

    static final RowSums KERNEL =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && InVectors.pays()
            ? new InVectors()
            : Scalar.INSTANCE;
  }

  /** Four rows at a time, so that the sums are read and written less often. */
  private static final class Scalar extends RowSums {

    static final RowSums INSTANCE = new Scalar();

    @Override
    void add(
        byte[] rows, int offset, int width, int[] ids, short[] factors, int count, int[] sums) {
      int i = 0;
      for (; i + 3 < count; i += 4) {
        addFour(rows, offset, width, ids, factors, i, sums);
      }
      for (; i < count; i++) {
        int row = offset + ids[i] * width;
        for (int column = 0; column < width; column++) {
          sums[column] += factors[i] * rows[row + column];
        }
      }
    }

    @Override
    void addAll(byte[] rows, int offset, int width, short[] factors, int count, int[] sums) {
      int[] ids = new int[count];
      int notZero = 0;
      short[] some = new short[count];
      for (int row = 0; row < count; row++) {
        if (factors[row] != 0) {
          ids[notZero] = row;
          some[notZero++] = factors[row];
        }
      }
      add(rows, offset, width, ids, some, notZero, sums);
    }

    private static void addFour(
        byte[] rows, int offset, int width, int[] ids, short[] factors, int i, int[] sums) {
      int p = offset + ids[i] * width;
      int q = offset + ids[i + 1] * width;
      int r = offset + ids[i + 2] * width;
      int s = offset + ids[i + 3] * width;
      int a = factors[i];
      int b = factors[i + 1];
      int c = factors[i + 2];
      int d = factors[i + 3];
      for (int j = 0; j < width; j++) {
        sums[j] += a * rows[p + j] + b * rows[q + j] + c * rows[r + j] + d * rows[s + j];
      }
    }
  }

  /**
   * Two rows at a time: the products of two bytes with factors of seven bits fit, added, into a
   * short, since 2 * 128 * 127 is below 32,768. So there is one widening to ints for two rows.
   *
   * <p>Needs the module jdk.incubator.vector: nothing but {@link RowSums#best} may touch this class
   * before it knows that the module is there.
   */
  static final class InVectors extends RowSums {

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SHORTS.length();
    private static final int HALF = LANES / 2;

    private static final VectorSpecies<Byte> BYTES = bytes();

    /** As many shorts as {@link #INTS}. */
    private static final VectorSpecies<Short> NARROW =
        pays()
            ? VectorSpecies.of(short.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2))
            : SHORTS;

    /** The sign bit of the lower of two shorts. */
    private static final int TURN = 0x8000;

    /** Rows of one pass over the columns, an even number. */
    private static final int ROWS = 256;

    private static final VectorShuffle<Integer> ZIP_FIRST = VectorShuffle.makeZip(INTS, 0);
    private static final VectorShuffle<Integer> ZIP_SECOND = VectorShuffle.makeZip(INTS, 1);

    private static VectorSpecies<Byte> bytes() {
      return pays()
          ? VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2))
          : ByteVector.SPECIES_64;
    }

    /** Whether there are vectors of at least 8 shorts, and not of more than the padding allows. */
    static boolean pays() {
      return LANES >= 8 && LANES <= PADDING && INTS.length() == HALF;
    }

    /**
     * Columns outermost, so that their sums stay in registers; not too many rows at a time, so that
     * what one pass has read of them is still near for the next.
     */
    @Override
    void add(
        byte[] rows, int offset, int width, int[] ids, short[] factors, int count, int[] sums) {
      for (int from = 0; from < count; from += ROWS) {
        int to = Math.min(count, from + ROWS);
        for (int column = 0; column < width; column += LANES) {
          add(rows, offset + column, width, ids, factors, from, to, sums, column);
        }
      }
    }

    private static void add(
        byte[] rows,
        int offset,
        int width,
        int[] ids,
        short[] factors,
        int from,
        int to,
        int[] sums,
        int column) {
      IntVector both = IntVector.zero(INTS);
      IntVector upper = both;
      for (int i = from; i < to; i += 2) {
        int first = offset + ids[i] * width;
        int second = offset + ids[i + 1] * width;
        IntVector pair = pair(rows, first, factors[i], second, factors[i + 1]);
        both = both.add(pair.lanewise(VectorOperators.XOR, TURN));
        upper = upper.add(pair.lanewise(VectorOperators.ASHR, Short.SIZE));
      }
      addTo(sums, column, both, upper, (to - from + 1) / 2);
    }

    @Override
    void addAll(byte[] rows, int offset, int width, short[] factors, int count, int[] sums) {
      for (int column = 0; column < width; column += LANES) {
        addAll(rows, offset + column, width, factors, count, sums, column);
      }
    }

    private static void addAll(
        byte[] rows, int first, int width, short[] factors, int count, int[] sums, int column) {
      IntVector both = IntVector.zero(INTS);
      IntVector upper = both;
      for (int i = 0; i < count; i += 2) {
        int second = i + 1 < count ? first + width : first; // times 0 where there is none
        IntVector pair = pair(rows, first, factors[i], second, factors[i + 1]);
        both = both.add(pair.lanewise(VectorOperators.XOR, TURN));
        upper = upper.add(pair.lanewise(VectorOperators.ASHR, Short.SIZE));
        first += 2 * width;
      }
      addTo(sums, column, both, upper, (count + 1) / 2);
    }

    /** Sums of two products each, two of these shorts side by side in an int. */
    private static IntVector pair(byte[] rows, int first, short a, int second, short b) {
      return shorts(rows, first).mul(a).add(shorts(rows, second).mul(b)).reinterpretAsInts();
    }

    /**
     * Adds the sums of pairs to those of a register's columns. The upper short of an int is its
     * upper half, and the lower one, made positive by turning its sign bit round, is what is left
     * of the sum of such ints when the upper halves are taken off it.
     *
     * @param both sum of the ints with the sign bit of the lower short turned round
     * @param upper sum of their upper halves
     * @param pairs how many ints each sum has
     */
    private static void addTo(int[] sums, int column, IntVector both, IntVector upper, int pairs) {
      IntVector lower =
          both.sub(upper.lanewise(VectorOperators.LSHL, Short.SIZE)).sub(pairs * TURN);
      addTo(sums, column, lower.rearrange(ZIP_FIRST, upper));
      addTo(sums, column + HALF, lower.rearrange(ZIP_SECOND, upper));
    }

    @Override
    void values(int[] sums, int count, int shift, short[] values) {
      for (int i = 0; i < count; i += HALF) {
        IntVector.fromArray(INTS, sums, i)
            .max(0)
            .lanewise(VectorOperators.ASHR, shift)
            .min(IntegerNetwork.LARGEST)
            .convertShape(VectorOperators.I2S, NARROW, 0)
            .reinterpretAsShorts()
            .intoArray(values, i);
      }
    }

    private static ShortVector shorts(byte[] rows, int at) {
      return ByteVector.fromArray(BYTES, rows, at)
          .convertShape(VectorOperators.B2S, SHORTS, 0)
          .reinterpretAsShorts();
    }

    private static void addTo(int[] sums, int at, Vector<Integer> values) {
      IntVector.fromArray(INTS, sums, at).add(values).intoArray(sums, at);
    }
  }
}
