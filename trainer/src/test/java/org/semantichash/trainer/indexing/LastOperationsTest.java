// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

class LastOperationsTest {

  private final ObjectNode stats = Json.object();
  private final ObjectNode shards =
      stats.putObject("indices").putObject("news").putObject("shards");

  LastOperationsTest() {
    stats.putObject("_shards").put("failed", 0);
    ((ObjectNode) stats.at("/indices/news")).put("uuid", "a");
    add("0", true, 7, 7);
    add("1", true, -1, -1); // nothing written yet
  }

  private void add(String shard, boolean primary, long last, long global) {
    ArrayNode copies =
        shards.path(shard) instanceof ArrayNode there ? there : shards.putArray(shard);
    ObjectNode copy = copies.insertObject(0);
    copy.putObject("routing").put("primary", primary);
    copy.putObject("seq_no").put("max_seq_no", last).put("global_checkpoint", global);
  }

  private Optional<LastOperations> read() {
    return LastOperations.of(new Stats(stats, 0), "news");
  }

  /** Answers with these statistics, or with a refusal. */
  private record Stats(JsonNode stats, int refusal) implements Rest {

    @Override
    public JsonNode ask(String method, String path, JsonNode body) {
      assertTrue(path.startsWith("news/_stats/docs?level=shards&"), path);
      if (refusal > 0) {
        throw new ClusterException(refusal, "no");
      }
      return stats;
    }

    @Override
    public JsonNode bulk(String path, String lines) {
      throw new AssertionError(path);
    }

    @Override
    public JsonNode put(String path, byte[] bytes, int from, int to) {
      throw new AssertionError(path);
    }
  }

  @Test
  void areThoseOfThePrimaries() {
    add("0", false, 6, 6); // a replica is behind
    assertEquals(Optional.of(new LastOperations("a", Map.of("0", 7L, "1", -1L))), read());
  }

  @Test
  void differWhenAnyShardWasWrittenOrTheIndexMadeAnew() {
    Optional<LastOperations> before = read();
    ((ObjectNode) stats.at("/indices/news")).put("uuid", "b");
    assertNotEquals(before, read());
    ((ObjectNode) stats.at("/indices/news")).put("uuid", "a");
    assertEquals(before, read());
    shards.remove("1");
    add("1", true, 0, 0);
    assertNotEquals(before, read());
  }

  @Test
  void areUnknownWhileAnOperationIsNotEverywhere() {
    add("2", true, 4, 3);
    assertEquals(Optional.empty(), read());
  }

  @Test
  void areUnknownWithoutAPrimaryOrItsNumbers() {
    shards.remove("1");
    add("1", false, 7, 7);
    assertEquals(Optional.empty(), read());
    shards.putArray("1").addObject().putObject("routing").put("primary", true);
    assertEquals(Optional.empty(), read());
  }

  @Test
  void areUnknownWhenAShardDoesNotAnswer() {
    ((ObjectNode) stats.path("_shards")).put("failed", 1);
    assertEquals(Optional.empty(), read());
  }

  @Test
  void areUnknownToWhomMayNotLook() {
    assertEquals(Optional.empty(), LastOperations.of(new Stats(stats, 403), "news"));
    assertThrows(ClusterException.class, () -> LastOperations.of(new Stats(stats, 404), "news"));
  }
}
