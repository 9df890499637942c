// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.models.ModelStats.ModelCount;

class ModelStatsTest {

  private static final ModelId NEWS = new ModelId("news");

  /** Every count has another number, so that none can stand for another. */
  private static ModelCounters counters() {
    ModelCounters counters = new ModelCounters();
    int times = 1;
    for (ModelCount count : ModelCount.values()) {
      for (int i = 0; i < times; i++) {
        counters.count(count);
      }
      times++;
    }
    return counters;
  }

  private static ModelStats copy(ModelStats stats) throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      stats.writeTo(out);
      return new ModelStats(out.bytes().streamInput());
    }
  }

  @Test
  void travels() throws IOException {
    ModelCounters counters = counters();
    counters.loaded(5_000_000);
    counters.hashed(31_000);
    ModelStats.Loaded loaded = new ModelStats.Loaded("ab", "cluster", "java", 1, 77);
    for (ModelStats.Loaded now : new ModelStats.Loaded[] {null, loaded}) {
      ModelStats sent = counters.stats(NEWS, now);
      ModelStats received = copy(sent);
      assertEquals("news", received.id());
      assertEquals(now, received.loaded());
      assertEquals(sent.counts(), received.counts());
      assertEquals(5, received.loadMillis());
      assertEquals(sent.lastUse(), received.lastUse());
      assertArrayEquals(new long[] {0, 1, 0, 0, 0, 0, 0, 0}, received.latencies());
    }
  }

  @Test
  void namesEveryCount() {
    Map<String, Object> shown =
        XContentHelper.convertToMap(
            JsonXContent.jsonXContent, Strings.toString(counters().stats(NEWS, null)), false);
    int number = 1;
    for (String name :
        new String[] {
          "texts",
          "errors",
          "skipped",
          "loads",
          "failed_loads",
          "rejected",
          "timeouts",
          "cache_hits",
          "cache_misses",
          "evictions"
        }) {
      assertEquals(number++, shown.get(name), name);
    }
  }
}
