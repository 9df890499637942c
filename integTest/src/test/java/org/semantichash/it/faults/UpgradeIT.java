// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.it.SafetyRow;
import org.semantichash.it.SharedNodes;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Three nodes are upgraded one after the other to a plugin whose messages have more fields, and
 * back, while documents are hashed and searched.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeIT {

  private static final int NODES = SharedNodes.NODES;
  private static final String INDEX = "upgraded";
  private static final String LIKE = "like";
  private static final int ATTEMPTS = 60;
  private static final long PAUSE_NANOS = 500_000_000L;

  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger searches = new AtomicInteger();
  private Map<String, Map<String, Object>> requests;
  private Cluster cluster;
  private HashedTexts hashed;
  private Path thisPlugin;

  @TempDir private Path work;

  @BeforeAll
  void start() throws IOException {
    cluster = SharedNodes.three();
    hashed = HashedTexts.create(http(), INDEX);
    String document = "/" + INDEX + "/_doc/" + LIKE + "?refresh&pipeline=" + INDEX;
    http().put(document, Map.of("text", "word1 word2 word3")).ok();
    requests = requests();
  }

  /** Others need the nodes too. */
  @AfterAll
  void delete() throws IOException {
    if (hashed != null) {
      hashed.delete(http());
    }
  }

  private Http http() {
    return cluster.http();
  }

  /** Everything that is asked of other nodes, by its path. */
  private static Map<String, Map<String, Object>> requests() {
    String search = "/" + INDEX + "/_search?allow_partial_search_results=false&";
    Map<String, Object> like = Map.of("_index", INDEX, "_id", LIKE);
    Map<String, Object> groups = Map.of("field", "code", "max_documents", 100_000);
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    all.put(search + "preference=code", hamming("code", "0123456789abcdef", Map.of()));
    all.put(search + "preference=text", hamming("text", "word1 word7", Map.of("max_distance", 20)));
    all.put(search + "preference=like", hamming("like", like, Map.of("k", 10)));
    all.put(
        search + "preference=aggregation",
        Map.of("size", 0, "aggs", Map.of("groups", Map.of("near_duplicates", groups))));
    all.put(
        search + "preference=terms",
        Map.of("size", 0, "aggs", Map.of("codes", Map.of("terms", Map.of("field", "code")))));
    all.put("/" + INDEX + "/_semantic_hash/near_duplicates", Map.of("field", "code"));
    all.put("/_semantic_hash/_clear_cache", Map.of());
    return all;
  }

  private static Map<String, Object> hamming(String by, Object what, Map<String, Object> more) {
    Map<String, Object> query = new HashMap<>(more);
    query.put("field", "code");
    query.put(by, what);
    return Map.of("query", Map.of("hamming", query));
  }

  @Test
  void nothingIsLostWhileNodeAfterNodeIsUpgradedAndBack() throws Exception {
    long seed = System.nanoTime();
    System.out.println("upgrade: seed " + seed);
    thisPlugin = jar(0);
    Path server = Distribution.ofBuild().server();
    NextPlugin next =
        NextPlugin.make(thisPlugin, List.of(server.resolve("lib"), thisPlugin.getParent()), work);
    assertTrue(next.messages() > 10, "only [" + next.messages() + "] classes have a new field");
    Path old = Files.copy(thisPlugin, work.resolve("old.jar"));
    AcknowledgedTexts texts = hashed.texts(seed);
    AtomicBoolean end = new AtomicBoolean();
    List<Thread> threads =
        List.of(
            loop(end, () -> texts.bulk(http())),
            loop(end, () -> requests.forEach(this::askPatiently)));
    threads.forEach(Thread::start);
    try {
      askAllNodes("before");
      for (int node = 0; node < NODES; node++) {
        exchange(node, next.path());
      }
      assertLogged(NextPlugin.WITH);
      assertLogged(NextPlugin.WITHOUT);
      for (int node = NODES - 1; node >= 0; node--) {
        exchange(node, old);
      }
    } finally {
      end.set(true);
      for (Thread thread : threads) {
        thread.join(120_000);
      }
      putBack(old);
    }
    int lost = hashed.lost(http(), texts).size();
    System.out.println(
        "upgrade: documents over upgrades and downgrades, tried ["
            + texts.byId().size()
            + "], lost ["
            + lost
            + "]; searches ["
            + searches
            + "], failed ["
            + failures.size()
            + "]");
    SafetyRow.write(
        "documents lost over upgrades and downgrades of three nodes",
        texts.byId().size(),
        lost,
        Map.of(
            "requests_meanwhile",
            searches.get(),
            "failed_requests",
            failures.size(),
            "seed",
            seed));
    assertEquals(List.of(), failures);
    assertEquals(0, lost);
    assertTrue(texts.byId().size() > 500, "only [" + texts.byId().size() + "] were written");
  }

  private interface Work {
    void run() throws IOException;
  }

  private Thread loop(AtomicBoolean end, Work work) {
    return new Thread(
        () -> {
          while (end.get() == false) {
            try {
              work.run();
            } catch (IOException | RuntimeException e) {
              failures.add(e.toString());
            }
            LockSupport.parkNanos(PAUSE_NANOS / 2);
          }
        });
  }

  private Path jar(int node) throws IOException {
    try (Stream<Path> jars = Files.list(cluster.home(node).resolve("plugins/semantic-hash"))) {
      return jars.filter(path -> path.getFileName().toString().startsWith("semantic-hash-plugin-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Stops a node, exchanges its plugin, starts it, and asks every node for everything. */
  private void exchange(int node, Path plugin) throws IOException {
    http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
    cluster.stop(node);
    cluster.replace(node, jar(node), plugin);
    cluster.startAgain(node);
    askAllNodes("node [" + node + "] has [" + plugin.getFileName() + "]");
  }

  private void putBack(Path old) throws IOException {
    for (int node = 0; node < NODES; node++) {
      if (Files.mismatch(jar(node), old) >= 0) {
        cluster.stop(node);
        cluster.replace(node, jar(node), old);
        cluster.startAgain(node);
      }
    }
  }

  /** When no node is being restarted nothing may fail, whichever node is asked. */
  private void askAllNodes(String when) throws IOException {
    http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
    for (int node = 0; node < NODES; node++) {
      try (Http one = cluster.http(node)) {
        for (Map.Entry<String, Map<String, Object>> request : requests.entrySet()) {
          String failure = failure(post(one, request.getKey(), request.getValue()));
          if (failure != null) {
            failures.add(when + ", node [" + node + "], " + request.getKey() + ": " + failure);
          }
        }
        String failure = failure(one.get("/_semantic_hash/stats"));
        if (failure != null) {
          failures.add(when + ", node [" + node + "], stats: " + failure);
        }
      }
    }
  }

  /** A node that is stopped takes its requests with it; another try must not fail. */
  private void askPatiently(String path, Map<String, Object> body) {
    String failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        failure = failure(post(http(), path, body));
        if (failure == null) {
          return;
        }
        if (failure.contains("wire version") || failure.contains("is damaged")) {
          break;
        }
      } catch (IOException e) {
        failure = e.toString();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    failures.add(path + ": " + failure);
  }

  private static Reply post(Http http, String path, Map<String, Object> body) throws IOException {
    return body.isEmpty() ? http.post(path) : http.post(path, body);
  }

  private String failure(Reply reply) {
    searches.incrementAndGet();
    JsonNode shards = reply.body().path("_shards");
    JsonNode nodes = reply.body().path("_nodes");
    boolean failed =
        reply.status() >= 300
            || shards.path("failed").asInt(0) > 0
            || nodes.path("failed").asInt(0) > 0;
    return failed ? reply.status() + " " + reply.body() : null;
  }

  /** Somewhere. */
  private void assertLogged(String text) throws IOException {
    StringBuilder logs = new StringBuilder();
    for (int node = 0; node < NODES; node++) {
      logs.append(Files.readString(cluster.home(node).resolve("logs/output.log")));
    }
    long times = logs.toString().lines().filter(line -> line.contains(text)).count();
    System.out.println("upgrade: messages that " + text + ": [" + times + "]");
    assertTrue(times > 0, "no message " + text);
  }
}
