// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Security;
import org.semantichash.trainer.cli.Main;
import org.semantichash.trainer.cli.SemanticHash;

/**
 * The command [semantic-hash] against a node, here or as a process of its own.
 *
 * @param connection options that name the node and the user
 */
record CommandLine(List<String> connection) {

  /** Against a node without security. */
  CommandLine(String address) {
    this(List.of("--url", address));
  }

  /** Against a node with security. */
  static CommandLine as(String user, Cluster cluster) {
    return new CommandLine(
        List.of(
            "--url",
            cluster.address(),
            "--user",
            user + ":" + Security.PASSWORD,
            "--ca",
            cluster.security().certificate().toString()));
  }

  private static final long POLL_MILLIS = 5;
  private static final long WAIT_SECONDS = 300;

  /**
   * How a command ended.
   *
   * @param status its exit code
   * @param out what it printed
   * @param err what it complained of
   */
  record Ended(int status, String out, String err) {

    Ended ok() {
      if (status != 0) {
        throw new IllegalStateException("exit code [" + status + "]: " + out + err);
      }
      return this;
    }
  }

  Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        SemanticHash.run(
            new PrintWriter(out),
            new PrintWriter(err),
            withAddress(arguments).toArray(String[]::new));
    return new Ended(status, out.toString(), err.toString());
  }

  /** Looks at something in a cluster. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Starts the command as a process of its own, and kills it when something holds.
   *
   * @param pause how long it may go on from there, in milliseconds
   */
  void startAndKill(Condition condition, int pause, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(arguments);
    try {
      Deadline deadline = new Deadline("moment to kill " + List.of(arguments), WAIT_SECONDS);
      while (process.isAlive() && condition.holds() == false) {
        deadline.pause(POLL_MILLIS);
      }
      Thread.sleep(pause);
    } finally {
      process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What is killed leaves its files there.
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(withAddress(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<String> withAddress(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(connection);
    return all;
  }
}
