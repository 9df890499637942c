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
