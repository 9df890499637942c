// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.semantichash.it.SharedNodes;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;

/**
 * Three nodes of which one after the other is killed while documents are written. Killing 20
 * instead of 2: {@code -Dfaults.kills=20}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

  private static final int KILLS = Integer.getInteger("faults.kills", 2);
  private static final int BULKS = 10;
  private static final long WRITE_SECONDS = 300;
  private static final int NODES = SharedNodes.NODES;
  private static final String NAME = "faults";

  private final UploadFaults uploads = new UploadFaults(HashedTexts.WORDS, HashedTexts.BITS);
  private Cluster cluster;
  private HashedTexts hashed;

  @BeforeAll
  void start() throws IOException {
    cluster = SharedNodes.three();
    hashed = HashedTexts.create(http(), NAME);
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

  private void awaitGreen() throws IOException {
    http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
  }

  @Test
  @Order(1)
  void partsMayComeInAnyOrderTwiceAndThroughAnyNode() throws IOException {
    uploads.shuffledParts(cluster, NODES);
  }

  @Test
  @Order(2)
  void ofManyUploadsAtTheSameTimeOneWins() throws Exception {
    uploads.atTheSameTime(http());
  }

  @Test
  @Order(3)
  void whatWasAcknowledgedIsThereWithItsCodeAfterNodesWereKilled() throws Exception {
    long seed = randomSeed();
    AcknowledgedTexts texts = hashed.texts(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      awaitGreen();
      int node = (int) Math.floorMod(seed + kill, (long) NODES);
      System.out.println("kill " + (kill + 1) + "/" + KILLS + " of node " + node);
      writeWhile(texts, () -> cluster.kill(node));
      cluster.startAgain(node);
    }
    awaitGreen();
    check(texts, "seed " + seed);
  }

  @Test
  @Order(4)
  void afterAllNodesWereKilledTheyServeWhatWasAcknowledged() throws Exception {
    long seed = randomSeed();
    AcknowledgedTexts texts = hashed.texts(seed);
    writeWhile(texts, () -> {});
    for (int node = 0; node < NODES; node++) {
      cluster.kill(node);
    }
    cluster.restart();
    check(texts, "all killed, seed " + seed);
    for (int node = 0; node < NODES; node++) {
      try (Http one = cluster.http(node)) {
        uploads.checkServed(one, NAME, hashed.model());
      }
    }
  }

  /** Another one each time, or the one given with {@code -Dtests.faults.seed}; printed. */
  private static long randomSeed() {
    long seed = Long.getLong("tests.faults.seed", System.nanoTime());
    System.out.println("FaultsIT: seed [" + seed + "], again with -Dtests.faults.seed=" + seed);
    return seed;
  }

  /** Writes before, during and after something happens. */
  private void writeWhile(AcknowledgedTexts texts, Runnable fault) throws Exception {
    int before = texts.bulks();
    Deadline deadline = new Deadline("[" + 2 * BULKS + "] bulks around a fault", WRITE_SECONDS);
    Thread other =
        new Thread(
            () -> {
              while (texts.bulks() < before + BULKS) {
                deadline.pause(1);
              }
              fault.run();
            });
    other.start();
    int acknowledged = 0;
    while (other.isAlive() || texts.bulks() < before + 2 * BULKS) {
      deadline.check();
      acknowledged = texts.byId().size();
      texts.bulk(http());
    }
    int last = acknowledged;
    for (int i = 0; i < BULKS; i++) {
      texts.bulk(http());
    }
    assertTrue(texts.byId().size() > last, "nothing is written any more");
  }

  private void check(AcknowledgedTexts texts, String what) throws IOException {
    assertEquals(Map.of(), hashed.lost(http(), texts), what);
  }
}
