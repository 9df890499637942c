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
