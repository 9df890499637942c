// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where, when and from which commit numbers come. */
public final class Machine {

  private static final int GIT_SECONDS = 10;

  private Machine() {}

  /**
   * Describes a run.
   *
   * @param command that measures it again
   * @param parts paths of the checkout that matter; none for all. The commit is the last that
   *     changed them.
   */
  public static Map<String, Object> describe(
      String command, Path repository, long seed, String... parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", command);
    map.put("commit", commit(repository, List.of(parts)));
    map.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    map.put("machine", processor());
    map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    map.put("java", System.getProperty("java.version"));
    map.put("seed", seed);
    return map;
  }

  /** The commit, marked when files differ from it. */
  private static String commit(Path repository, List<String> parts) {
    String commit = git(repository, with(parts, "log", "-1", "--abbrev=12", "--format=%h", "--"));
    String changes =
        git(repository, with(parts, "status", "--porcelain", "--untracked-files=no", "--"));
    return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : " with changes");
  }

  private static List<String> with(List<String> parts, String... command) {
    return Stream.concat(Stream.of(command), parts.stream()).toList();
  }

  /** The model of the processor and the number of cores; the architecture without a model. */
  public static String processor() {
    return model() + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static String model() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** What git prints in a folder, without the white space around it; empty when it fails. */
  public static String git(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? output
          : "";
    } catch (IOException e) {
      return ""; // no git here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
