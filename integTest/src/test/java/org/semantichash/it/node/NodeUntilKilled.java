// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that starts a node and waits, to be killed by {@link ClusterIT}. */
final class NodeUntilKilled {

  /** Printed when the node answers. */
  static final String READY = "ready";

  /** Printed in place of a folder when none is temporary. */
  static final String NONE = "none";

  private NodeUntilKilled() {}

  /** Prints the temporary folder and then, when the node answers, that it is ready. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Distribution distribution = Distribution.ofBuild().quickStart();
    Optional<ServerUser> temporary =
        Commands.run(List.of("id", "-u")).equals("0")
            ? ServerUser.temporary(distribution.javaHome())
            : Optional.empty();
    Path work = distribution.work();
    ServerUser user =
        temporary.isPresent() ? temporary.get() : ServerUser.choose(distribution.javaHome(), work);
    System.out.println(user.temporary() ? user.folder() : NONE);
    try (Cluster cluster = Cluster.prepare("killed", 1, distribution, user)) {
      cluster.startNodes();
      System.out.println(READY);
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
