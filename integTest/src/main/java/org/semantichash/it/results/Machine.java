/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where, when and from which commit numbers come. */
public final class Machine {

  private Machine() {}

  /**
   * Describes a run.
   *
   * @param parts paths of the checkout that matter; none for all. The commit is the last that
   *     changed them.
   */
  public static Map<String, Object> describe(Path repository, long seed, String... parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("commit", commit(repository, parts));
    map.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    map.put("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
    map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    map.put("java", System.getProperty("java.version"));
    map.put("seed", seed);
    return map;
  }

  /** The commit, marked when files differ from it. */
  private static String commit(Path repository, String... parts) {
    String commit = git(repository, with(parts, "log", "-1", "--abbrev=12", "--format=%h", "--"));
    String changes =
        git(repository, with(parts, "status", "--porcelain", "--untracked-files=no", "--"));
    return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : " with changes");
  }

  private static String[] with(String[] parts, String... command) {
    return Stream.of(command, parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String git(Path repository, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer : "";
    } catch (IOException e) {
      return ""; // no git here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
