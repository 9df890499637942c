// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import java.io.IOException;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Three nodes for all test classes that need three and change no settings: to start them takes
 * longer than most of what is tested on them. They end with this process.
 */
public final class SharedNodes {

  /** How many there are. */
  public static final int NODES = 3;

  private static Cluster three;

  private SharedNodes() {}

  /** The nodes, started by the first who asks; not to be closed. */
  public static synchronized Cluster three() throws IOException {
    if (three == null) {
      three = Cluster.start("three-nodes", NODES, Distribution.ofBuild().quickStart());
    }
    return three;
  }
}
