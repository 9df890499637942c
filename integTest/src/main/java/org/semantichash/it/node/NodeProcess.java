// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs, until it is closed or this process ends, whatever ends it. */
final class NodeProcess implements AutoCloseable {

  private static final int STOP_SECONDS = 40;
  private static final int TAIL_LINES = 60;

  /** Where JVMs have them, whatever their own folder for temporary files is. */
  private static final Path SOCKETS = Path.of("/tmp");

  private final Process process;
  private final Path log;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server; it is not ready yet.
   *
   * @param distribution the JDK that runs it, and its options
   * @param heap its heap, for example [512m]
   */
  static NodeProcess start(NodeHome home, Distribution distribution, String heap)
      throws IOException {
    Path script = home.path().resolve("tmp/run-until-eof.sh");
    try (InputStream text = NodeProcess.class.getResourceAsStream("run-until-eof.sh")) {
      Files.deleteIfExists(script);
      Files.copy(text, script);
    }
    FileTree.readable(script, "rwxr-xr-x");
    ServerUser user = home.user();
    List<String> command = new ArrayList<>(user.prefix());
    command.addAll(List.of("sh", script.toString()));
    command.add(user.temporary() ? user.folder().toString() : "");
    command.add(distribution.product().program(home.path()).toString());
    Path log = home.path().resolve("logs/output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    NodeHome.environment(builder, home.path(), distribution.javaHome());
    List<String> options =
        new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:-UsePerfData"));
    options.addAll(distribution.jvmOptions());
    builder
        .environment()
        .put(distribution.product().variable("JAVA_OPTS"), String.join(" ", options));
    return new NodeProcess(builder.start(), log);
  }

  /** Whether the server has not ended yet. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** The processes of this server that run now. */
  List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
    process.descendants().forEach(all::add);
    return all;
  }

  /** Ends the server at once, as a crash would. */
  void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join());
    all.forEach(NodeProcess::deleteSocket);
  }

  /** Elasticsearch attaches an agent to itself; a JVM that is killed leaves the socket behind. */
  private static void deleteSocket(ProcessHandle ended) {
    try {
      Files.deleteIfExists(SOCKETS.resolve(".java_pid" + ended.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of what the server printed. */
  String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server in its own way, or by force when it does not. */
  @Override
  public void close() {
    List<ProcessHandle> all = processes();
    try (var input = process.getOutputStream()) {
      input.write("stop\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The pipe is broken when the server has ended by itself; then there is nothing to stop.
    }
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) == false) {
        all.addAll(processes());
      }
    } catch (InterruptedException e) {
      all.addAll(processes());
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
