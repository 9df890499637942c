// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.semantichash.trainer.reproduce.Checkout;
import org.semantichash.trainer.reproduce.Processor;

/** Where, when and from which commit numbers come. */
public final class Machine {

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
    map.put("machine", Processor.describe());
    map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    map.put("java", System.getProperty("java.version"));
    map.put("seed", seed);
    return map;
  }

  /** The commit, marked when files differ from it. */
  private static String commit(Path repository, List<String> parts) {
    Checkout checkout = new Checkout(repository);
    String commit = checkout.git(with(parts, "log", "-1", "--abbrev=12", "--format=%h", "--"));
    String changes =
        checkout.git(with(parts, "status", "--porcelain", "--untracked-files=no", "--"));
    return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : " with changes");
  }

  private static List<String> with(List<String> parts, String... command) {
    return Stream.concat(Stream.of(command), parts.stream()).toList();
  }
}
