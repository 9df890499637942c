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
