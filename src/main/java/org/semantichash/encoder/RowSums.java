// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

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
    return Best.SCALAR;
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

    static final RowSums SCALAR = new Scalar();
    static final RowSums KERNEL =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorRowSums.pays()
            ? new VectorRowSums()
            : SCALAR;
  }

  /** Four rows at a time, so that the sums are read and written less often. */
  private static final class Scalar extends RowSums {

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
}
