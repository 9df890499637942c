// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;

/** The limits of a node's models, as its settings are now. */
public final class ModelLimits {

  private volatile long cacheBytes;
  private volatile TimeValue timeout;

  /** Fixed until they are set anew. */
  ModelLimits(ByteSizeValue cacheMemory, TimeValue timeout) {
    cacheMemory(cacheMemory);
    timeout(timeout);
  }

  /** Those of a node, which follow its settings. */
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
