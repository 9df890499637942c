// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The node runner itself: it must leave nothing behind, however it ends. */
class ClusterIT {

  private static final long GONE_SECONDS = 60;

  @Test
  void aClosedNodeLeavesNoProcess() throws Exception {
    Distribution distribution = Distribution.ofBuild().quickStart();
    List<ProcessHandle> processes;
    try (Cluster cluster = Cluster.start("closed", 1, distribution)) {
      assertEquals(200, cluster.http().get("/_cluster/health").status());
      processes = cluster.processes();
      assertTrue(processes.size() >= 2, processes.toString());
    }
    assertGone(processes);
  }

  /** Root under another name: needed where the checkout lies in a folder only root can enter. */
  @Test
  void rootCanUseAnotherNameInItsOwnFolder() throws Exception {
    Distribution distribution = Distribution.ofBuild().quickStart();
    Assumptions.assumeTrue(Commands.run(List.of("id", "-u")).equals("0"), "only for root");
    Optional<ServerUser> user = ServerUser.unshare(distribution.work());
    Assumptions.assumeTrue(user.isPresent(), "no user namespaces here");
    try (Cluster cluster = Cluster.prepare("unshared", 1, distribution, user.get())) {
      cluster.startNodes();
      assertEquals(200, cluster.http().get("/_cluster/health").status());
    }
  }

  @Test
  void theNodeOfAKilledProcessEndsAndItsTemporaryFolderGoes() throws Exception {
    Distribution distribution = Distribution.ofBuild().quickStart();
    List<String> command = new ArrayList<>();
    command.add(distribution.javaHome().resolve("bin/java").toString());
    for (String name : List.of("distribution", "plugin", "work")) {
      String key = "semantichash." + name;
      command.add("-D" + key + "=" + System.getProperty(key));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NodeUntilKilled.class.getName());
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<ProcessHandle> processes;
    Path folder;
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      folder = Path.of(String.valueOf(lines.readLine()));
      assertEquals(NodeUntilKilled.READY, lines.readLine());
      processes = victim.descendants().toList();
      assertTrue(processes.size() >= 2, processes.toString());
    } finally {
      assertTrue(victim.destroyForcibly().waitFor(GONE_SECONDS, TimeUnit.SECONDS));
    }
    assertGone(processes);
    if (NodeUntilKilled.NONE.equals(folder.toString()) == false) {
      awaitGone(folder);
    }
  }

  private static void assertGone(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(GONE_SECONDS, TimeUnit.SECONDS);
      assertFalse(process.isAlive());
    }
  }

  private static void awaitGone(Path folder) throws InterruptedException, IOException {
    for (int i = 0; i < GONE_SECONDS && Files.exists(folder); i++) {
      Thread.sleep(1000);
    }
    assertFalse(Files.exists(folder), folder.toString());
  }
}
