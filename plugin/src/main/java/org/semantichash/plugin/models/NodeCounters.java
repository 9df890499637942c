// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.rest.RestStatus;

/** What a node counts of each model that it found once, or waited for in vain. */
final class NodeCounters {

  private final ConcurrentMap<ModelId, ModelCounters> counters = new ConcurrentHashMap<>();

  /** The counters of a model, which from now on is in the statistics. */
  ModelCounters of(ModelId id) {
    return counters.computeIfAbsent(id, i -> new ModelCounters());
  }

  /** Counts one more, if the model was found once: names of no model must not fill the memory. */
  void countIfKnown(ModelId id, ModelCount what) {
    ModelCounters known = counters.get(id);
    if (known != null) {
      known.count(what);
    }
  }

  /** Counts a load that failed once the model had been found. */
  void failedToLoad(ModelId id, Exception e) {
    of(id).count(ModelCount.FAILED_LOADS);
    if (ExceptionsHelper.status(e) == RestStatus.TOO_MANY_REQUESTS) {
      of(id).count(ModelCount.REJECTED);
    }
  }

  /** All of them, by name. */
  Map<ModelId, ModelCounters> byName() {
    Map<ModelId, ModelCounters> sorted = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    sorted.putAll(counters);
    return sorted;
  }
}
