/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
   * @param listener gets what it gives, or the reason why there is none, see {@link LoadedModels}
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
