// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

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
    String machine = Processor.describe() + ", Java " + System.getProperty("java.version");
    return new Origin(
        commit(folder), LocalDate.now(ZoneOffset.UTC).toString(), machine, trainer, workers);
  }

  private static String commit(Path folder) {
    Checkout checkout = new Checkout(folder);
    String commit = checkout.git(List.of("rev-parse", "--short=12", "HEAD"));
    if (commit.isEmpty()) {
      return null;
    }
    String changes = checkout.git(List.of("status", "--porcelain", "--untracked-files=no"));
    return changes.isEmpty() ? commit : commit + "-dirty";
  }
}
