// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.semantichash.benchmarks.harness.Contestant.Answer;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.it.oracle.CodeSet;

/** The same search by a C program with the system's compiler, where there is one. */
final class NativeScan implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final Process process; // null where there is no compiler
  private final BufferedWriter input;
  private final BufferedReader output;

  private NativeScan(Process process) {
    this.process = process;
    this.input = process == null ? null : process.outputWriter(StandardCharsets.US_ASCII);
    this.output = process == null ? null : process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Compiles and starts the program; empty, with a message, on a machine without a compiler. */
  static NativeScan start(Scale scale, CodeSet codes) throws IOException {
    Path program = compile(scale);
    if (program == null) {
      return new NativeScan(null);
    }
    Path file = scale.work().resolve("codes.bin");
    write(codes, file);
    Process process =
        new ProcessBuilder(
                program.toString(),
                file.toString(),
                Integer.toString(codes.bits() / Long.SIZE),
                Integer.toString(codes.size()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    NativeScan scan = new NativeScan(process);
    scan.line(); // it has read the file
    Files.delete(file);
    return scan;
  }

  private static Path compile(Scale scale) throws IOException {
    Path source = scale.repository().resolve("integTest/benchmarks/src/main/c/scan.c");
    Path program = scale.work().resolve("scan");
    Files.createDirectories(scale.work());
    String[] command = {
      "cc", "-O3", "-march=native", "-pthread", "-o", program.toString(), source.toString()
    };
    try {
      Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (compiler.waitFor() == 0) {
        return program;
      }
      System.out.println("     no native scan: " + said.strip());
    } catch (IOException e) {
      System.out.println("     no native scan: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static void write(CodeSet codes, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.nativeOrder());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int word = 0; word < codes.bits() / Long.SIZE; word++) {
        long[] column = codes.column(word);
        for (int from = 0; from < column.length; from += CHUNK) {
          int length = Math.min(CHUNK, column.length - from);
          buffer.clear().asLongBuffer().put(column, from, length);
          out.write(buffer.array(), 0, length * Long.BYTES);
        }
      }
    }
  }

  boolean isThere() {
    return process != null;
  }

  /** The nearest codes, timed by the program itself. */
  Answer nearest(long[] query, int k, int threads) throws IOException {
    StringBuilder line = new StringBuilder().append(threads).append(' ').append(k);
    for (long word : query) {
      line.append(' ').append(Long.toHexString(word));
    }
    input.write(line.append('\n').toString());
    input.flush();
    long[] numbers = Arrays.stream(line().split(" ")).mapToLong(Long::parseLong).toArray();
    int[] distances = Arrays.stream(numbers, 1, numbers.length).mapToInt(n -> (int) n).toArray();
    return new Answer(numbers[0], distances);
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the native scan has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    if (process == null) {
      return;
    }
    input.close(); // the end of its input ends it
    try {
      if (process.waitFor(10, TimeUnit.SECONDS) == false) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
