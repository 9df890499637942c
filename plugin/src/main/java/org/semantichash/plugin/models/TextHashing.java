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

import org.elasticsearch.action.ActionListener;
import org.semantichash.HashedText;

/** Hashes texts with models named by their id. */
public interface TextHashing {

  /**
   * Hashes a text, on the calling thread when the model is loaded already; otherwise later, on a
   * thread that may block, in the caller's thread context.
   *
   * @param id the model
   * @param text the text
   * @param listener gets the code, or the reason why there is none, see {@link LoadedModels}
   */
  void hash(ModelId id, String text, ActionListener<HashedText> listener);

  /**
   * Hashes a text on a thread that may block, for callers on a transport thread.
   *
   * @param id the model
   * @param text the text
   * @param listener gets the code, or the reason as in {@link #hash}
   */
  void fork(ModelId id, String text, ActionListener<HashedText> listener);
}
