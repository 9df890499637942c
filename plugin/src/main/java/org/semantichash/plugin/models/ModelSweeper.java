// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;

/** Looks from time to time which models should not be in memory any more. */
final class ModelSweeper {

  private static final Logger logger = LogManager.getLogger(ModelSweeper.class);

  private final ModelCache cache;
  private final ModelSource source;

  ModelSweeper(ModelCache cache, ModelSource source) {
    this.cache = cache;
    this.source = source;
  }

  /** As {@link LoadedModels#dropOutdated}. */
  void dropOutdated() {
    cache.loaded().forEach(this::dropIfOutdated);
  }

  private void dropIfOutdated(LoadedModel model) {
    ModelId id = model.id();
    source.isCurrent(
        model,
        ActionListener.wrap(
            current -> {
              if (current == false && cache.drop(model)) {
                logger.info(
                    "model [{}] of digest [{}] was replaced or deleted", id, model.digest());
              }
            },
            e -> logger.debug(() -> "cannot tell whether model [" + id + "] is current", e)));
  }

  /** As {@link LoadedModels#dropUnused}. */
  void dropUnused(TimeValue expiry) {
    if (expiry.nanos() > 0) {
      for (LoadedModel model : cache.loaded()) {
        if (model.place() == ModelFile.Place.CLUSTER
            && model.idleNanos(System.nanoTime()) > expiry.nanos()) {
          cache.drop(model);
        }
      }
    }
  }
}
