// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.function.Function;
import org.elasticsearch.action.ActionListener;
import org.semantichash.HashedText;

/** Hashes texts with models named by their id. */
public interface TextHashing {

  /**
   * Does something with a model, on the calling thread when it is loaded already; otherwise later,
   * on a thread that may block, in the caller's thread context. Code and digest of a text come from
   * one call, since the model of a name may be another one in the next.
   *
   * @param id the model
   * @param work what is done; again with the next model when this one is dropped in between
   * @param listener gets what it gives, or the reason why there is none, see {@link ModelCache};
   *     with status 408 when the model is not loaded in time
   */
  <T> void use(ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener);

  /**
   * Does something with a model on a thread that may block, for callers on a transport thread.
   *
   * @param id the model
   * @param work what is done, as in {@link #use}
   * @param listener gets what it gives, or the reason as in {@link #use}
   */
  <T> void fork(ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener);

  /** Hashes a text, as in {@link #use}. */
  default void hash(ModelId id, String text, ActionListener<HashedText> listener) {
    use(id, loaded -> loaded.hash(text), listener);
  }
}
