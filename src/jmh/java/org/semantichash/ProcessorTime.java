// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * Measures the processor time of the methods of a benchmark, in turn and in one process: on a
 * machine with other work the wall times that JMH takes one after the other say little.
 *
 * <p>{@code mvn -q -Pjmh -pl src test -Djmh.main=org.semantichash.ProcessorTime
 * -Djmh.args="org.semantichash.encoder.EncoderBenchmark"}
 */
public final class ProcessorTime {

  private static final int WARM_UP = 4;
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 300_000_000;
  private static final int BATCH = 1000;

  /** Read by nobody; a result that is stored here is not optimised away. */
  @SuppressWarnings("UnusedVariable")
  private static volatile Object sink;

  private ProcessorTime() {}

  @SuppressWarnings("ArrayRecordComponent") // filled round by round; never compared
  private record Contestant(String name, MethodHandle method, double[] micros) {

    double median() {
      double[] sorted = micros.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }

  /**
   * Measures the benchmarks of a class, with the first value of each parameter, a public int.
   *
   * @param args names of classes, each with a {@code #} and a pattern of methods if not all are
   *     wanted
   */
  public static void main(String[] args) throws Throwable {
    for (String name : args) {
      String[] parts = name.split("#", 2);
      measure(Class.forName(parts[0]), parts.length == 1 ? ".*" : parts[1]);
    }
  }

  private static void measure(Class<?> benchmark, String methods) throws Throwable {
    Object state = benchmark.getDeclaredConstructor().newInstance();
    for (Field field : benchmark.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param != null) {
        field.setInt(state, Integer.parseInt(param.value()[0]));
      }
    }
    benchmark.getMethod("setup").invoke(state);
    List<Contestant> contestants = new ArrayList<>();
    for (Method method : benchmark.getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class) && method.getName().matches(methods)) {
        MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(state);
        contestants.add(new Contestant(method.getName(), handle, new double[ROUNDS]));
      }
    }
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Contestant contestant : contestants) {
        double micros = micros(contestant.method());
        if (round >= 0) {
          contestant.micros()[round] = micros;
        }
      }
    }
    for (Contestant contestant : contestants) {
      double least = Arrays.stream(contestant.micros()).min().orElseThrow();
      System.out.println(
          String.format(
              Locale.ROOT,
              "%-24s median %8.3f us, least %8.3f us",
              contestant.name(),
              contestant.median(),
              least));
    }
  }

  /** Of one call. */
  private static double micros(MethodHandle method) throws Throwable {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long nanos = 0;
    long calls = 0;
    while (nanos < ROUND_NANOS) {
      for (int i = 0; i < BATCH; i++) {
        sink = method.invoke();
      }
      calls += BATCH;
      nanos = threads.getCurrentThreadCpuTime() - start;
    }
    return nanos / 1e3 / calls;
  }
}
