// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.semantichash.trainer.engine.Matrix.View;

/**
 * Matrix products, cut into blocks whose part of the right factor stays in the first-level cache.
 * Each element of the result is one thread's, and its terms are added in the order of the inner
 * dimension.
 */
final class Products {

  /** Columns per block. */
  private static final int WIDTH = 128;

  /** Terms of the sums per block. */
  private static final int DEPTH = 128;

  /** Threads get rows in multiples of this. */
  private static final int ROWS = 4;

  private final Kernels kernels;
  private final Workers workers;

  Products(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  Kernels kernels() {
    return kernels;
  }

  Workers workers() {
    return workers;
  }

  /** c [r, n] += a [r, k] b [k, n]. */
  void add(Matrix c, Matrix a, Matrix b) {
    assert c.rows == a.rows && a.columns == b.rows && c.columns == b.columns;
    product(c, View.of(c), View.of(a), View.of(b), b.rows);
  }

  /** c [k, n] += a [r, k] transposed, times b [r, n]. */
  void addTransposed(Matrix c, Matrix a, Matrix b) {
    assert c.rows == a.columns && a.rows == b.rows && c.columns == b.columns;
    product(c, View.of(c), View.of(a).transposed(), View.of(b), b.rows);
  }

  /** c [r, n] += a [r, k] times b [n, k] transposed. */
  void addTransposedRight(Matrix c, Matrix a, Matrix b) {
    assert c.rows == a.rows && a.columns == b.columns && c.columns == b.rows;
    product(c, View.of(c), View.of(a), View.of(b).transposed(), b.columns);
  }

  /** c [r, n] = bias [1, n] in every row + a [r, k] b [k, n]; what c was does not matter. */
  void affine(Matrix c, Matrix bias, Matrix a, Matrix b) {
    assert c.rows == a.rows && a.columns == b.rows && c.columns == b.columns;
    assert bias.data.length == c.columns;
    product(c, View.repeated(bias), View.of(a), View.of(b), b.rows);
  }

  private void product(Matrix c, View start, View a, View b, int depth) {
    if (c.columns > c.rows) {
      workers.split(
          (c.columns + WIDTH - 1) / WIDTH,
          (from, to) -> {
            int column = from * WIDTH;
            int columns = Math.min(c.columns, to * WIDTH) - column;
            new ProductBlock(View.of(c), start, a, b)
                .from(0, column)
                .compute(c.rows, depth, columns);
          });
    } else {
      workers.split(
          (c.rows + ROWS - 1) / ROWS,
          (from, to) -> {
            int row = from * ROWS;
            int rows = Math.min(c.rows, to * ROWS) - row;
            new ProductBlock(View.of(c), start, a, b).from(row, 0).compute(rows, depth, c.columns);
          });
    }
  }

  /** c [n] += the sum of the rows of a [r, n]. */
  void addColumnSums(Matrix c, Matrix a) {
    assert c.data.length == a.columns;
    workers.split(
        a.columns,
        (from, to) -> {
          for (int row = 0; row < a.rows; row++) {
            kernels.addScaled(c.data, from, a.data, row * a.columns + from, to - from, 1);
          }
        });
  }

  /** c = start + a b for the rows and columns of one thread. */
  private final class ProductBlock {

    private final View c;
    private final View start;
    private final View a;
    private final View b;

    ProductBlock(View c, View start, View a, View b) {
      this.c = c;
      this.start = start;
      this.a = a;
      this.b = b;
    }

    ProductBlock from(int row, int column) {
      return new ProductBlock(
          c.from(row, column), start.from(row, column), a.from(row, 0), b.from(0, column));
    }

    void compute(int rows, int depth, int columns) {
      float[] panel = new float[Math.min(DEPTH, depth) * padded(Math.min(WIDTH, columns))];
      for (int column = 0; column < columns; column += WIDTH) {
        int width = Math.min(WIDTH, columns - column);
        View packed = new View(panel, 0, padded(width), 1);
        View target = c.from(0, column);
        for (int k = 0; k < depth; k += DEPTH) {
          int height = Math.min(DEPTH, depth - k);
          pack(b.from(k, column), packed, height, width);
          View sums = k == 0 ? start.from(0, column) : target;
          kernels.product(target, sums, a.from(0, k), packed, rows, height, width);
        }
      }
    }
  }

  private static int padded(int columns) {
    return (columns + Kernels.PADDING - 1) / Kernels.PADDING * Kernels.PADDING;
  }

  /** A block with its rows side by side: they share cache lines and pages. */
  private static void pack(View block, View packed, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int from = block.index(row, 0);
      int to = packed.index(row, 0);
      if (block.columnStride() == 1) {
        System.arraycopy(block.data(), from, packed.data(), to, columns);
      } else {
        for (int column = 0; column < columns; column++) {
          packed.data()[to + column] = block.data()[from + column * block.columnStride()];
        }
      }
    }
  }

  /**
   * A few threads that share a loop. A loop is cut into ranges whose elements do not depend on each
   * other, so the result does not depend on the number of threads.
   */
  static final class Workers implements AutoCloseable {

    /** A part of a loop: from inclusive to exclusive. */
    interface Range {
      void run(int from, int to);
    }

    private final int threads;
    private final ExecutorService others;

    Workers(int threads) {
      this.threads = threads;
      this.others =
          threads == 1
              ? null
              : Executors.newFixedThreadPool(
                  threads - 1, Thread.ofPlatform().daemon().name("trainer-", 0).factory());
    }

    /** Runs the loop from 0 to n in as many ranges as there are threads; the caller takes one. */
    void split(int n, StepContext.Range body) {
      int parts = Math.min(threads, n);
      if (parts <= 1) {
        body.run(0, n);
        return;
      }
      List<Future<?>> running = new ArrayList<>(parts - 1);
      for (int part = 1; part < parts; part++) {
        int from = start(n, parts, part);
        int to = start(n, parts, part + 1);
        running.add(others.submit(() -> body.run(from, to)));
      }
      body.run(0, start(n, parts, 1));
      running.forEach(Workers::await);
    }

    private static int start(int n, int parts, int part) {
      return (int) ((long) n * part / parts);
    }

    private static void await(Future<?> part) {
      boolean interrupted = false;
      while (true) {
        try {
          part.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true; // the others still write into our arrays: wait for them
        } catch (ExecutionException e) {
          throw new IllegalStateException("a worker failed", e.getCause());
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      if (others != null) {
        others.shutdown();
      }
    }
  }
}
