// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

/** What searches of near-duplicates may take: threads of a node, and room for their results. */
public final class DuplicatesLimits {

  /** How many searches a node runs at the same time; each takes a thread and two more to join. */
  public static final Setting<Integer> MAX_RUNNING =
      Setting.intSetting(
          "semantic_hash.near_duplicates.max_running",
          4,
          0,
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /**
   * The most searches that can be told with one request, as the sweeper must: it takes the groups
   * of searches that it is not told of for left behind.
   */
  public static final int MOST_RESULTS = 10_000;

  /** How many searches the cluster stores, running ones included. */
  public static final Setting<Integer> MAX_RESULTS =
      Setting.intSetting(
          "semantic_hash.near_duplicates.max_stored_results",
          1000,
          0,
          MOST_RESULTS,
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** How many bytes of JSON the groups of all stored searches may be. */
  public static final Setting<ByteSizeValue> MAX_BYTES =
      Setting.byteSizeSetting(
          "semantic_hash.near_duplicates.max_stored_bytes",
          ByteSizeValue.ofGb(2),
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** How often the elected master deletes results whose time is over. */
  public static final Setting<TimeValue> SWEEP_INTERVAL =
      Setting.timeSetting(
          "semantic_hash.near_duplicates.sweep_interval",
          TimeValue.timeValueHours(1),
          TimeValue.timeValueMillis(100),
          Setting.Property.NodeScope);

  private final ClusterSettings settings;
  private final AtomicInteger running = new AtomicInteger();

  /** The limits that the settings say now. */
  public DuplicatesLimits(ClusterSettings settings) {
    this.settings = settings;
  }

  public static List<Setting<?>> settings() {
    return List.of(MAX_RUNNING, MAX_RESULTS, MAX_BYTES, SWEEP_INTERVAL);
  }

  /**
   * Counts a search that begins on this node.
   *
   * @return to be closed when it has ended
   * @throws ElasticsearchStatusException with status 429 when too many run
   */
  public Releasable begin() {
    int most = settings.get(MAX_RUNNING);
    if (running.incrementAndGet() > most) {
      running.decrementAndGet();
      throw refused(
          "node runs [" + most + "] searches of near-duplicates already", MAX_RUNNING, most);
    }
    return Releasables.releaseOnce(running::decrementAndGet);
  }

  /** Checks that one more search may be stored beside so many. */
  public void checkResults(long stored) {
    int most = settings.get(MAX_RESULTS);
    if (stored >= most) {
      throw refused(
          "[" + stored + "] searches of near-duplicates are stored: delete some",
          MAX_RESULTS,
          most);
    }
  }

  /** Checks that so many bytes may be stored together. */
  public void checkBytes(long bytes) {
    ByteSizeValue most = settings.get(MAX_BYTES);
    if (bytes > most.getBytes()) {
      throw refused(
          "the stored near-duplicates would take ["
              + ByteSizeValue.ofBytes(bytes)
              + "]: delete some results, or search fewer documents",
          MAX_BYTES,
          most);
    }
  }

  private static ElasticsearchStatusException refused(String why, Setting<?> setting, Object most) {
    return new ElasticsearchStatusException(
        "{}; [{}] is [{}]", RestStatus.TOO_MANY_REQUESTS, why, setting.getKey(), most);
  }
}
