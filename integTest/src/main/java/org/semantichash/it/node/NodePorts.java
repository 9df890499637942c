// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of nodes on the loopback address, in the order of the nodes, which no other process of
 * the tests chooses until they are closed.
 *
 * <p>TCP and UDP number their ports apart, and nodes use TCP only. So a process that holds the UDP
 * port says to the others that the TCP port of the same number is taken, before the node listens on
 * it and while the node restarts.
 */
final class NodePorts implements AutoCloseable {

  private static final int ATTEMPTS = 1_000;

  private final int nodes;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<DatagramSocket> marks = new ArrayList<>();

  private NodePorts(int nodes) {
    this.nodes = nodes;
  }

  /** Ports that nobody uses now, two for each node. */
  static NodePorts hold(int nodes) throws IOException {
    NodePorts ports = new NodePorts(nodes);
    for (int attempt = 0; ports.numbers.size() < 2 * nodes; attempt++) {
      if (attempt == ATTEMPTS) {
        ports.close();
        throw new BindException("no [" + 2 * nodes + "] free ports in [" + ATTEMPTS + "] attempts");
      }
      ports.holdAnother();
    }
    return ports;
  }

  private void holdAnother() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DatagramSocket mark = new DatagramSocket(0, loopback);
    try (ServerSocket free = new ServerSocket(mark.getLocalPort(), 1, loopback)) {
      numbers.add(free.getLocalPort());
      marks.add(mark);
    } catch (BindException e) {
      mark.close();
    }
  }

  /** For clients. */
  List<Integer> http() {
    return numbers.subList(0, nodes);
  }

  /** For the other nodes. */
  List<Integer> transport() {
    return numbers.subList(nodes, 2 * nodes);
  }

  /** How many nodes. */
  int nodes() {
    return nodes;
  }

  @Override
  public void close() {
    marks.forEach(DatagramSocket::close);
  }
}
