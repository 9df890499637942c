// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;

/** One or more nodes on the loopback address that form a cluster. */
public final class Cluster implements AutoCloseable {

  private final Distribution distribution;
  private final ClusterFolder folder;
  private final ClusterClients clients;
  private final NodeProcesses processes;
  private final Thread hook = new Thread(this::stopAndDelete, "stop-cluster");
  private Http http;

  private Cluster(Distribution distribution, ClusterFolder folder, ClusterClients clients) {
    this.distribution = distribution;
    this.folder = folder;
    this.clients = clients;
    this.processes = new NodeProcesses(distribution);
  }

  /**
   * Makes and starts a cluster and waits until it answers.
   *
   * @param name its name, and its folder's
   * @param nodes how many nodes
   * @param distribution what they are made of
   */
  public static Cluster start(String name, int nodes, Distribution distribution)
      throws IOException {
    Cluster cluster = prepare(name, nodes, distribution);
    cluster.startNodes();
    return cluster;
  }

  /**
   * Makes and starts one node with security, and waits until it answers.
   *
   * @param roles the roles by their names, as JSON; for each there is a user of the same name
   */
  public static Cluster startSecured(
      String name, Distribution distribution, Map<String, String> roles) throws IOException {
    ServerUser user = ServerUser.choose(distribution.javaHome(), distribution.work());
    Cluster cluster = make(name, 1, distribution, user, roles);
    cluster.startNodes();
    return cluster;
  }

  /** Makes a cluster whose nodes do not run yet. */
  public static Cluster prepare(String name, int nodes, Distribution distribution)
      throws IOException {
    ServerUser user = ServerUser.choose(distribution.javaHome(), distribution.work());
    return prepare(name, nodes, distribution, user);
  }

  static Cluster prepare(String name, int nodes, Distribution distribution, ServerUser user)
      throws IOException {
    return make(name, nodes, distribution, user, null);
  }

  /** With security when there are roles, null else. */
  private static Cluster make(
      String name, int nodes, Distribution distribution, ServerUser user, Map<String, String> roles)
      throws IOException {
    ClusterFolder folder = new ClusterFolder(user.folder().resolve(name), user);
    Security security = roles == null ? null : new Security(folder.security(), Map.copyOf(roles));
    ClusterClients clients = new ClusterClients(NodePorts.hold(nodes), security);
    Cluster cluster = new Cluster(distribution, folder, clients);
    cluster.create(name);
    return cluster;
  }

  private void create(String name) throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
    NodeSettings settings =
        new NodeSettings(name, clients.ports(), folder.snapshots(), clients.security());
    try {
      folder.create(settings, distribution);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts all nodes and waits until they answer and every shard that can be is started. */
  public void startNodes() throws IOException {
    try {
      processes.start(folder.homes());
      for (int node = 0; node < size(); node++) {
        awaitReady(node);
      }
      http = clients.ofAll();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Puts a model into the config directory of every node. */
  public void putModel(String id, Path model) throws IOException {
    for (NodeHome home : folder.homes()) {
      home.putModel(id, model);
    }
  }

  /** Talks to all nodes in turn. */
  public Http http() {
    return http;
  }

  /** Talks to one node, with all rights; to be closed. */
  public Http http(int node) {
    return clients.of(node);
  }

  /** Talks to the nodes as a user; to be closed. Only with security. */
  public Http as(String name) {
    return clients.as(name);
  }

  /** The security of the nodes, or null. */
  public Security security() {
    return clients.security();
  }

  /** How many nodes there are. */
  public int size() {
    return clients.ports().nodes();
  }

  /** The first node's address. */
  public String address() {
    return clients.address();
  }

  /** The folder of a node, with its config, data, logs and plugins. */
  public Path home(int node) {
    return folder.homes().get(node).path();
  }

  /** The folder in which file-system repositories may lie. */
  public Path snapshots() {
    return folder.snapshots();
  }

  /** The processor time that the running nodes have used, to the hundredth of a second. */
  public Duration processorTime() {
    return processes().stream()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The processes of all nodes. */
  List<ProcessHandle> processes() {
    return processes.handles();
  }

  /** Stops all nodes and starts them again. */
  public void restart() throws IOException {
    stopNodes();
    startNodes();
  }

  /**
   * Starts a node that was stopped or killed, and waits until all shards that can be are started.
   */
  public void startAgain(int node) throws IOException {
    processes.startAgain(node, folder.homes().get(node));
    awaitReady(node);
  }

  /** A node joins the cluster before it listens to clients, so that it is asked itself. */
  private void awaitReady(int node) {
    try (Http one = clients.of(node)) {
      processes.awaitReady(one);
    }
  }

  /** Stops one node in its own way, as for an upgrade. */
  public void stop(int node) {
    processes.stop(node);
  }

  /** Starts a node that was stopped, and waits for nothing: it may have shards that it cannot. */
  public void begin(int node) throws IOException {
    processes.startAgain(node, folder.homes().get(node));
  }

  /** Runs the server's own installer of plugins in the folder of a node. */
  public void plugin(int node, String... arguments) {
    folder.homes().get(node).plugin(distribution.javaHome(), arguments);
  }

  /** Upgrades a stopped node to another server and its plugin. */
  public void replaceServer(int node, Distribution other) throws IOException {
    folder.homes().get(node).replaceServer(other);
  }

  /** Puts a file in the place of another in the folder of a node. */
  public void replace(int node, Path file, Path with) throws IOException {
    FileTree.copyFile(with, file);
    own(node, file);
  }

  /** Gives what was written into the folder of a stopped node to the user who runs it. */
  public void own(int node, Path written) {
    folder.homes().get(node).user().own(written);
  }

  /** Ends one node at once, as a crash would. */
  public void kill(int node) {
    processes.kill(node);
  }

  /** Stops all nodes; their folders stay. */
  public synchronized void stopNodes() {
    if (http != null) {
      http.close();
      http = null;
    }
    processes.stop();
  }

  private void stopAndDelete() {
    stopNodes();
    clients.ports().close();
    folder.deleteTemporary();
  }

  /** Stops all nodes. */
  @Override
  public void close() {
    stopAndDelete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already: this is the hook, or it runs beside it and finds nothing to do.
    }
  }
}
