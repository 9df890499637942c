// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

/**
 * What is hashed, and how.
 *
 * @param index the index, a data stream, or an alias
 * @param text the field with the text
 * @param target the field for the code
 * @param multiIndexHashing whether a new field gets an index for small radii
 * @param empty what becomes of texts of which the model knows too few terms
 * @param minTerms how many different known terms a text needs to be none of them
 * @param replaceBare whether codes that do not say which model made them are replaced
 * @param slices how many parts are read at the same time
 * @param batch documents of one request
 * @param rate documents per second; 0 for as many as the cluster does
 * @param passes how often what was changed meanwhile is read again
 */
public record HashPlan(
    String index,
    FieldPath text,
    FieldPath target,
    boolean multiIndexHashing,
    Empty empty,
    int minTerms,
    boolean replaceBare,
    int slices,
    int batch,
    double rate,
    int passes) {

  /** What becomes of texts of which the model knows too few terms, as in the ingest processor. */
  public enum Empty {
    /** They get the code of an empty text. */
    HASH,
    /** They get no code, and lose one that is to be replaced. */
    SKIP,
    /** They count as failed. */
    FAIL
  }

  /** The query that every document matches. */
  static final JsonNode ALL = Json.object(Map.of("match_all", Map.of()));

  private static final int MAX_BATCH = 10_000;
  private static final int MAX_SLICES = 64;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is wrong
   */
  public HashPlan {
    requireBetween("slices", slices, MAX_SLICES);
    requireBetween("batch", batch, MAX_BATCH);
    requireBetween("passes", passes, 1000);
    requireBetween("min-terms", minTerms, Integer.MAX_VALUE);
    if ((rate >= 0) == false) {
      throw new IllegalArgumentException("[rate] must be at least [0], got [" + rate + "]");
    }
    if (text.equals(target)) {
      throw new IllegalArgumentException(
          "[code-field] must be another field than [field], got [" + target + "]");
    }
    if (text.name().startsWith(target.name() + ".")) {
      throw new IllegalArgumentException(
          "[code-field] must not hold [field] ["
              + text
              + "], which would be lost, got ["
              + target
              + "]");
    }
  }

  private static void requireBetween(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "[" + name + "] must be between [1] and [" + max + "], got [" + value + "]");
    }
  }

  IndexWalk.Pace pace() {
    return new IndexWalk.Pace(slices, batch, rate);
  }

  /** The documents that are read to be hashed in place: those without a code, or all. */
  JsonNode query() {
    if (replaceBare) {
      return ALL;
    }
    Map<String, Object> exists = Map.of("exists", Map.of("field", target.name()));
    return Json.object(Map.of("bool", Map.of("must_not", List.of(exists))));
  }

  /** The text, and what shows whether there is a code, which is only there by its own name. */
  ArrayNode source() {
    return Json.object().putArray("_source").add(text.name()).add(target.root()).add(target.name());
  }

  /** How many documents are read to be hashed in place. */
  public long documentsWithoutCode(Rest rest) {
    return count(rest, index, query());
  }

  /** The number of documents that match. */
  static long count(Rest rest, String index, JsonNode query) {
    return rest.ask("POST", index + "/_count", Json.object().set("query", query))
        .path("count")
        .asLong();
  }
}
