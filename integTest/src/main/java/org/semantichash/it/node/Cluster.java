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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;
import org.semantichash.trainer.cluster.Authority;
import org.semantichash.trainer.cluster.Credentials;

/** One or more nodes on the loopback address that form a cluster. */
public final class Cluster implements AutoCloseable {

  private static final int START_SECONDS = 240;
  private static final String HEAP = "512m";

  private final Distribution distribution;
  private final ServerUser user;
  private final Path folder;
  private final List<NodeHome> homes = new ArrayList<>();
  private final List<Integer> ports;
  private final List<NodeProcess> processes = new ArrayList<>();
  private final Thread hook = new Thread(this::stopAndDelete, "stop-cluster");
  private Map<String, String> roles;
  private Security security;
  private Http http;

  private Cluster(String name, int nodes, Distribution distribution, ServerUser user)
      throws IOException {
    this.distribution = distribution;
    this.user = user;
    this.folder = user.folder().resolve(name);
    this.ports = Ports.free(2 * nodes);
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
    Cluster cluster = new Cluster(name, 1, distribution, user);
    cluster.roles = Map.copyOf(roles);
    cluster.make(name, 1);
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
    Cluster cluster = new Cluster(name, nodes, distribution, user);
    cluster.make(name, nodes);
    return cluster;
  }

  private void make(String name, int nodes) throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      makeHomes(name, nodes);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void makeHomes(String name, int nodes) throws IOException {
    FileTree.delete(folder);
    user.own(FileTree.folder(folder));
    user.own(FileTree.folder(snapshots()));
    if (roles != null) {
      security = Security.create(folder.resolve("security"), distribution.javaHome(), roles);
    }
    for (int node = 0; node < nodes; node++) {
      NodeHome home = NodeHome.create(folder.resolve("node-" + node), distribution, user);
      if (security != null) {
        security.install(home.path(), distribution.javaHome());
      }
      home.configure(settings(name, nodes, node));
      homes.add(home);
    }
  }

  private List<String> settings(String name, int nodes, int node) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "cluster.name: " + name,
                "node.name: node-" + node,
                "network.host: 127.0.0.1",
                "http.port: " + ports.get(node),
                "transport.port: " + ports.get(nodes + node),
                "path.repo: " + snapshots(),
                // A disk that others have filled must not fail a test.
                "cluster.routing.allocation.disk.threshold_enabled: false"));
    settings.addAll(
        security != null ? security.settings() : List.of("xpack.security.enabled: false"));
    if (nodes == 1) {
      settings.add("discovery.type: single-node");
      return settings;
    }
    List<String> names = new ArrayList<>();
    List<String> seeds = new ArrayList<>();
    for (int other = 0; other < nodes; other++) {
      names.add("node-" + other);
      seeds.add("\"127.0.0.1:" + ports.get(nodes + other) + "\"");
    }
    settings.add("discovery.seed_hosts: " + seeds);
    settings.add("cluster.initial_master_nodes: " + names);
    return settings;
  }

  /** Starts all nodes and waits until they answer and every shard that can be is started. */
  public void startNodes() throws IOException {
    try {
      for (NodeHome home : homes) {
        processes.add(NodeProcess.start(home, distribution, HEAP));
      }
      http = security != null ? as(Security.ADMIN) : Http.connect(ports.subList(0, homes.size()));
      awaitReady();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (isReady() == false) {
      for (NodeProcess process : processes) {
        if (process.isAlive() == false) {
          throw new IllegalStateException("a node ended while it started:\n" + process.tail());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no answer after [" + START_SECONDS + "] seconds:\n" + processes.get(0).tail());
      }
      pause();
    }
  }

  private boolean isReady() {
    String wish =
        "/_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true"
            + "&timeout=5s&wait_for_nodes="
            + homes.size();
    try {
      return http.get(wish).status() == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  private static void pause() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node started", e);
    }
  }

  /** Puts a model into the config directory of every node. */
  public void putModel(String id, Path model) throws IOException {
    for (NodeHome home : homes) {
      home.putModel(id, model);
    }
  }

  /** Talks to all nodes in turn. */
  public Http http() {
    return http;
  }

  /** Talks to one node, without security; to be closed. */
  public Http http(int node) {
    return Http.connect(List.of(ports.get(node)));
  }

  /** Talks to the nodes as a user; to be closed. Only with security. */
  public Http as(String name) {
    return Http.connect(
        ports.subList(0, homes.size()),
        Authority.trust(security.certificate()),
        Credentials.user(name + ":" + Security.PASSWORD).header().orElseThrow());
  }

  /** The security of the nodes, or null. */
  public Security security() {
    return security;
  }

  /** The first node's address. */
  public String address() {
    return (security != null ? "https" : "http") + "://127.0.0.1:" + ports.get(0);
  }

  /** The folder of a node, with its config, data, logs and plugins. */
  public Path home(int node) {
    return homes.get(node).path();
  }

  /** The folder in which file-system repositories may lie. */
  public Path snapshots() {
    return folder.resolve("snapshots");
  }

  /** How the server is run: [setpriv], [unshare] or [this user]. */
  String user() {
    return user.name();
  }

  /** The processes of all nodes. */
  List<ProcessHandle> processes() {
    return processes.stream().flatMap(process -> process.processes().stream()).toList();
  }

  /** Stops all nodes and starts them again. */
  public void restart() throws IOException {
    stopNodes();
    startNodes();
  }

  /** Starts a node that was killed, and waits until all shards that can be are started. */
  public void startAgain(int node) throws IOException {
    processes.set(node, NodeProcess.start(homes.get(node), distribution, HEAP));
    awaitReady();
  }

  /** Ends one node at once, as a crash would. */
  public void kill(int node) {
    processes.get(node).kill();
  }

  /** Stops all nodes; their folders stay. */
  public synchronized void stopNodes() {
    if (http != null) {
      http.close();
      http = null;
    }
    processes.parallelStream().forEach(NodeProcess::close);
    processes.clear();
  }

  private void stopAndDelete() {
    stopNodes();
    if (user.temporary()) {
      FileTree.delete(user.folder());
    } else {
      homes.forEach(home -> FileTree.delete(home.path().resolve("tmp")));
    }
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
