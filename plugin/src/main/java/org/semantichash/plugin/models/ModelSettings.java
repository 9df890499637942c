// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.List;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.unit.MemorySizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.indices.breaker.BreakerSettings;

/** The node settings about models. */
public final class ModelSettings {

  /**
   * The largest model file that is read or stored, as bytes or as a share of the heap, because a
   * file passes through the heap on its way to ONNX Runtime.
   */
  public static final Setting<ByteSizeValue> MAX_SIZE =
      Setting.memorySizeSetting(
          "semantic_hash.model.max_size",
          "20%",
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /**
   * How often a node looks whether the models it has loaded were replaced or deleted, in case that
   * it missed the message: the longest time that it goes on with an old one.
   */
  public static final Setting<TimeValue> CHECK_INTERVAL =
      Setting.timeSetting(
          "semantic_hash.model.check_interval",
          TimeValue.timeValueSeconds(10),
          TimeValue.timeValueMillis(100),
          Setting.Property.NodeScope);

  /**
   * How long a model from the cluster stays in memory without being used; zero, the default, for
   * ever. The next use loads it again.
   */
  public static final Setting<TimeValue> EXPIRY =
      Setting.timeSetting(
          "semantic_hash.model.expire_after_access",
          TimeValue.ZERO,
          TimeValue.ZERO,
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /**
   * The memory that loaded models may take together, as bytes or as a share of the heap: their
   * files, which ONNX Runtime keeps outside the heap, and the weights on the heap. A model that
   * needs room takes that of the models that were not used for longest, but of none that is being
   * used or loaded; a model that is larger than this is refused with status 429. 0 refuses all
   * models, -1 sets no limit.
   *
   * <p>It must leave room below [breaker.semantic_hash.limit], which also counts what comes and
   * goes: while a model is loaded or checked, its file twice. The breaker drops no model.
   *
   * <p>Models of the folder go like others, and come back from whatever file lies there then.
   */
  public static final Setting<ByteSizeValue> CACHE_MEMORY =
      Setting.memorySizeSetting(
          "semantic_hash.cache.max_memory",
          "25%",
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /**
   * How long a document or a query waits for a model that is not loaded, and how long one text is
   * read by a model that is. Then it fails with status 408; a load goes on.
   */
  public static final Setting<TimeValue> TIMEOUT =
      Setting.timeSetting(
          "semantic_hash.inference.timeout",
          TimeValue.timeValueSeconds(30),
          TimeValue.timeValueMillis(1),
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** How many uploads may have begun that nobody has completed. */
  public static final Setting<Integer> MAX_UPLOADS =
      Setting.intSetting(
          "semantic_hash.upload.max_count",
          20,
          1,
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** How large the files of those uploads may be together. */
  public static final Setting<ByteSizeValue> MAX_UPLOAD_SIZE =
      Setting.byteSizeSetting(
          "semantic_hash.upload.max_size",
          ByteSizeValue.ofGb(2),
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** How long after its first part an upload that nobody has completed is deleted. */
  public static final Setting<TimeValue> UPLOAD_EXPIRY =
      Setting.timeSetting(
          "semantic_hash.upload.expire_after",
          TimeValue.timeValueHours(24),
          TimeValue.timeValueMinutes(1),
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  /** The share of the heap that models may take, though most of a model is in native memory. */
  private static final String BREAKER_LIMIT = "50%";

  private ModelSettings() {}

  /**
   * The circuit breaker of the models, whose dynamic limit is [breaker.semantic_hash.limit]. Every
   * byte counts once: nothing is estimated.
   */
  public static BreakerSettings breaker() {
    long limit =
        MemorySizeValue.parseBytesSizeValueOrHeapRatio(BREAKER_LIMIT, "breaker.semantic_hash.limit")
            .getBytes();
    return new BreakerSettings("semantic_hash", limit, 1.0);
  }

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(
        MAX_SIZE,
        CHECK_INTERVAL,
        EXPIRY,
        CACHE_MEMORY,
        TIMEOUT,
        MAX_UPLOADS,
        MAX_UPLOAD_SIZE,
        UPLOAD_EXPIRY);
  }

  /** The limits of a node's models, as its settings are now. */
  public static final class ModelLimits {

    private volatile long cacheBytes;
    private volatile TimeValue timeout;

    /** Fixed until they are set anew. */
    ModelLimits(ByteSizeValue cacheMemory, TimeValue timeout) {
      cacheMemory(cacheMemory);
      timeout(timeout);
    }

    /** The limits of a node, which follow its settings. */
    public static ModelLimits of(ClusterSettings settings) {
      ModelLimits limits = new ModelLimits(ByteSizeValue.ZERO, TimeValue.ZERO);
      settings.initializeAndWatch(ModelSettings.CACHE_MEMORY, limits::cacheMemory);
      settings.initializeAndWatch(ModelSettings.TIMEOUT, limits::timeout);
      return limits;
    }

    /** Changes the memory of loaded models; below 0 for no limit. */
    void cacheMemory(ByteSizeValue most) {
      cacheBytes = most.getBytes() < 0 ? Long.MAX_VALUE : most.getBytes();
    }

    /** Changes how long a text waits. */
    void timeout(TimeValue longest) {
      timeout = longest;
    }

    long cacheBytes() {
      return cacheBytes;
    }

    TimeValue timeout() {
      return timeout;
    }
  }
}
