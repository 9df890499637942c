// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;

/** Where the files of models come from. */
@FunctionalInterface
public interface ModelSource {

  /**
   * Finds the file of a model, without blocking the caller.
   *
   * @param id the model
   * @param listener gets the file, or the reason why there is none: a {@link
   *     org.elasticsearch.ResourceNotFoundException} that says where the model was looked for when
   *     it does not exist; it may be called on any thread
   */
  void find(ModelId id, ActionListener<ModelFile> listener);

  /**
   * As {@link #find(ModelId, ActionListener)}.
   *
   * @param obstacle hears what keeps the search from its end, each time that it is tried again
   */
  default void find(ModelId id, Consumer<Exception> obstacle, ActionListener<ModelFile> listener) {
    find(id, listener);
  }

  /**
   * Tells whether {@link #find} would still give the file that a model was loaded from.
   *
   * @param listener gets false when the model was replaced or deleted
   */
  default void isCurrent(LoadedModel model, ActionListener<Boolean> listener) {
    listener.onResponse(true);
  }
}
