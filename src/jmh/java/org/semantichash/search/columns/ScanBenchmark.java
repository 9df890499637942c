// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One scan of all codes for the nearest k, whose distance is known, beside the physical limit: a
 * sum over the same memory.
 *
 * <p>{@code mvn -q -Pjmh -pl src test -Djmh.args="ScanBenchmark -p bits=128"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {

  private static final int BLOCK = 1024;
  private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;

  @Param({"64", "128", "256"})
  int bits;

  @Param SyntheticCodes.Kind kind;

  @Param("10000000")
  int codes;

  @Param({"10", "10000000"})
  int k;

  private final CodeScan scalar = new CodeScan.Scalar();
  private final CodeScan vector = new VectorScan();
  private long[][] columns;
  private long[] query;
  private int bound;

  /** Makes the codes, and checks that both scans find all that brute force finds. */
  @Setup
  public void setup() {
    SyntheticCodes source = new SyntheticCodes(kind, bits / Long.SIZE);
    query = source.next();
    columns = source.columns(codes);
    int[] expected = SyntheticCodes.countsByDistance(columns, query);
    bound = -1;
    for (int nearest = 0; nearest < Math.min(k, codes); ) {
      nearest += expected[++bound];
    }
    Arrays.fill(expected, bound + 1, expected.length, 0);
    for (CodeScan scan : new CodeScan[] {scalar, vector}) {
      int[] counts = new int[expected.length];
      scan(scan, counts);
      if (Arrays.equals(expected, counts) == false) {
        throw new AssertionError("[" + scan.getClass() + "] differs from brute force");
      }
    }
  }

  /** The physical limit. */
  @Benchmark
  public long streamSum() {
    long total = 0;
    for (long[] column : columns) {
      LongVector even = LongVector.zero(WORDS);
      LongVector odd = even;
      int i = 0;
      for (; i <= column.length - 2 * WORDS.length(); i += 2 * WORDS.length()) {
        even = even.add(LongVector.fromArray(WORDS, column, i));
        odd = odd.add(LongVector.fromArray(WORDS, column, i + WORDS.length()));
      }
      total += even.add(odd).reduceLanes(VectorOperators.ADD);
    }
    return total;
  }

  /** Without vectors. */
  @Benchmark
  public int scalar() {
    return scan(scalar, null);
  }

  /** With vectors. */
  @Benchmark
  public int vector() {
    return scan(vector, null);
  }

  private int scan(CodeScan scan, int[] counts) {
    int[] ordinals = new int[BLOCK];
    int[] distances = new int[BLOCK];
    int total = 0;
    for (int from = 0; from < codes; from += BLOCK) {
      int to = Math.min(codes, from + BLOCK);
      int found = scan.scan(columns, query, from, to, bound, ordinals, distances);
      total += found;
      for (int i = 0; counts != null && i < found; i++) {
        counts[distances[i]]++;
      }
    }
    return total;
  }
}
