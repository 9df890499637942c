// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.semantichash.it.SafetyRow;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** What a code takes on disk, in and out of {@code _source}, beside Elasticsearch's bit vectors. */
@DisabledIfSystemProperty(
    named = "elasticsearch.version",
    matches = "8\\..*",
    disabledReason = "codes stay in _source: CodesInSourceIT")
class StoredBytesIT {

  private static final int DOCUMENTS = Integer.getInteger("tests.stored.documents", 20_000);
  private static final int BULK = 5000;
  private static final int BITS = 128;
  private static final long SEED = 1;

  /** So many bytes of a vector that is kept out of {@code _source}, at most. */
  private static final double MOST = 1.1;

  private static final Map<String, Object> CODE = Map.of("type", "hash_code", "bits", BITS);

  private static final Map<String, Object> FLAT =
      Map.of(
          "type",
          "dense_vector",
          "element_type",
          "bit",
          "dims",
          BITS,
          "index",
          true,
          "similarity",
          "l2_norm",
          "index_options",
          Map.of("type", "flat"));

  private final Random random = new Random(SEED);
  private final Map<String, Double> seconds = new HashMap<>();

  @Test
  void aCodeOutOfSourceTakesWhatAFlatBitVectorTakes() throws IOException {
    try (Cluster cluster = Cluster.start("stored", 1, Distribution.ofBuild().quickStart())) {
      Http http = cluster.http();
      create(http, "code-out", CODE, true);
      create(http, "code-in", CODE, false);
      create(http, "flat-out", FLAT, true);
      List<String> names = new ArrayList<>(List.of("code-out", "code-in", "flat-out"));
      for (int from = 0; from < DOCUMENTS; from += BULK) {
        byte[] body = body(from);
        Collections.shuffle(names, random);
        for (String name : names) {
          long start = System.nanoTime();
          JsonNode reply = http.bulk("/" + name + "/_bulk?filter_path=errors", body).ok().body();
          seconds.merge(name, (System.nanoTime() - start) / 1e9, Double::sum);
          assertEquals(false, reply.path("errors").asBoolean(true), name);
        }
      }
      double flat = bytes(http, "flat-out");
      double out = bytes(http, "code-out");
      count("code-out", out, flat);
      count("code-in", bytes(http, "code-in"), flat);
      count("flat-out", flat, flat);
      assertTrue(out <= MOST * flat, out + " and " + flat + " bytes a document");
    }
  }

  private static void create(Http http, String name, Map<String, Object> field, boolean exclude)
      throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("index.number_of_shards", 1);
    settings.put("index.number_of_replicas", 0);
    settings.put("index.refresh_interval", "-1");
    settings.put("index.mapping.exclude_source_vectors", exclude);
    Map<String, Object> mappings = Map.of("properties", Map.of("code", field));
    http.put("/" + name, Map.of("settings", settings, "mappings", mappings)).ok();
  }

  private byte[] body(int from) {
    byte[] code = new byte[BITS / 8];
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + BULK; i++) {
      random.nextBytes(code);
      lines.append("{\"index\":{\"_id\":\"").append(i).append("\"}}\n{\"code\":\"");
      lines.append(HexFormat.of().formatHex(code)).append("\"}\n");
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static double bytes(Http http, String name) throws IOException {
    http.post("/" + name + "/_forcemerge?max_num_segments=1&flush=true").ok();
    http.post("/" + name + "/_refresh").ok();
    http.post("/" + name + "/_flush?force=true").ok();
    JsonNode stats = http.get("/" + name + "/_stats/store,docs").ok().body().at("/_all/primaries");
    return stats.at("/store/size_in_bytes").asDouble() / stats.at("/docs/count").asDouble();
  }

  private void count(String contestant, double bytes, double flat) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("contestant", contestant);
    more.put("bytes_per_document", bytes);
    more.put("bytes_to_flat", bytes / flat);
    more.put("bulk_time_to_code_in_source", seconds.get(contestant) / seconds.get("code-in"));
    SafetyRow.write("bytes of a code of 128 bits", DOCUMENTS, 0, more);
  }
}
