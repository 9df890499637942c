// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The choice between the scans, in JVMs with and without the module of the vectors. */
class FastestScanTest {

  /** What a JVM of its own runs. */
  static final class Main {

    private Main() {}

    public static void main(String[] args) {
      System.out.print(CodeScan.fastest().getClass().getSimpleName());
    }
  }

  @Test
  void withoutTheModuleNoVectorIsTouched() throws Exception {
    assertEquals("Scalar", chosen(List.of()));
  }

  @Test
  void aModuleWithoutWideVectorsIsNoReasonToUseIt() throws Exception {
    assertEquals(
        "Scalar", chosen(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=16")));
  }

  @Test
  void withTheModuleItIsTheVectorsWhereTheyPay() throws Exception {
    String expected = VectorScan.pays() ? "VectorScan" : "Scalar";
    assertEquals(expected, chosen(List.of("--add-modules=jdk.incubator.vector")));
  }

  private static String chosen(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    return new String(output, StandardCharsets.UTF_8);
  }
}
