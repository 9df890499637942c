// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands of the operating system that are waited for. */
final class Commands {

  private Commands() {}

  /** What a command printed, both streams together, and its exit status. */
  record Outcome(int status, String output) {}

  /**
   * Runs a command that must succeed.
   *
   * @throws IllegalStateException with what it printed when it fails
   */
  static String run(List<String> command) {
    Outcome outcome = attempt(new ProcessBuilder(command));
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          command + " failed with status [" + outcome.status() + "]: " + outcome.output());
    }
    return outcome.output().strip();
  }

  /** Whether a command exists and succeeds. */
  static boolean succeeds(List<String> command) {
    return attempt(new ProcessBuilder(command)).status() == 0;
  }

  /** Runs a command; one that cannot be started has the shell's status 127. */
  static Outcome attempt(ProcessBuilder builder) {
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + builder.command() + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
