// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changed model files are refused with a reason or are models. With 100,000 instead of a few
 * thousand: {@code mvn -Plong -pl src test -Dtest=MutatedModelsTest}
 */
class MutatedModelsTest {

  private static final int MUTANTS = Integer.getInteger("tests.fuzz.mutants", 4000);
  private static final int BIT_FLIPS = 1000;
  private static final long CONSTANT = 1 << 20;
  private static final byte[] GOOD = new ProjectionModel(200, 64, 1).file();

  private static long anySeed() {
    return System.nanoTime();
  }

  @Test
  void aMutantIsReadOrRefusedWithAReasonAndLittleMemory() throws JMException {
    for (long seed : new long[] {1, anySeed()}) {
      System.out.println("mutated models with seed " + seed);
      ModelMutations mutations = new ModelMutations(GOOD, seed);
      for (int i = 0; i < MUTANTS / 2; i++) {
        check(mutations.next(), "seed " + seed + ", mutant " + i);
      }
    }
  }

  private static void check(byte[] mutant, String which) throws JMException {
    long before = allocatedBytes();
    try {
      EncoderModel.read(mutant);
    } catch (InvalidModelException refused) {
      assertFalse(refused.getMessage().isBlank(), which);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(which + ": " + e, e);
    }
    long allocated = allocatedBytes() - before;
    assertTrue(
        allocated <= 2L * mutant.length + CONSTANT,
        which + " of " + mutant.length + " bytes took " + allocated);
  }

  private static long allocatedBytes() throws JMException {
    return (long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName("java.lang:type=Threading"), "CurrentThreadAllocatedBytes");
  }

  /** ONNX Runtime is native code: it must not end the process, so it gets one of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"bit flips", "damage", "mutants"})
  void whatIsReadRunsWithTheSameCodesOrIsRefused(String kind) throws Exception {
    long seed = anySeed();
    int count = kind.equals("mutants") ? MUTANTS / 8 : BIT_FLIPS;
    String output = child(kind, seed, count);
    assertTrue(output.contains("all " + count + " mutants were harmless"), output);
  }

  private static String child(String kind, long seed, int count)
      throws IOException, InterruptedException {
    System.out.println("running " + kind + " with seed " + seed);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            MutatedModelsRun.class.getName(),
            kind,
            Long.toString(seed),
            Integer.toString(count));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), kind + " with seed " + seed + ": " + output);
    System.out.print(output);
    return output;
  }
}
