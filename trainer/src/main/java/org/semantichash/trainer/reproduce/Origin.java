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
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What made a row.
 *
 * @param commit with "-dirty" when files differ from it; null where there is no repository
 * @param date the day, in UTC
 * @param machine processor, cores and Java version
 * @param trainer version of the trainer
 * @param workers runs at the same time; they share the processors, which epochs' seconds tell
 */
public record Origin(String commit, String date, String machine, String trainer, int workers) {

  /**
   * Here and now.
   *
   * @param folder in the repository, if there is one
   */
  public static Origin here(Path folder, String trainer, int workers) {
    String machine =
        processor()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores, Java "
            + System.getProperty("java.version");
    return new Origin(
        commit(folder), LocalDate.now(ZoneOffset.UTC).toString(), machine, trainer, workers);
  }

  private static String commit(Path folder) {
    String commit = git(folder, "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return null;
    }
    String changes = git(folder, "status", "--porcelain", "--untracked-files=no");
    return changes.isEmpty() ? commit : commit + "-dirty";
  }

  private static String git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
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
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
