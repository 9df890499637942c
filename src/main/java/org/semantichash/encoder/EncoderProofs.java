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
package org.semantichash.encoder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Remembers of which models the plain encoder was proven against ONNX Runtime, or was not, in this
 * process: the same file on the same machine proves the same. Golden texts are replayed all the
 * same. Safe for use by many threads.
 */
public final class EncoderProofs {

  /** The most models that are remembered: those opened last. */
  static final int MOST = 128;

  private final Map<String, Boolean> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** Nothing is proven yet. */
  public EncoderProofs() {}

  /**
   * Whether the proof of a model holds, which is looked for at the first time only.
   *
   * @param digest the SHA-256 of the model's file
   * @param proof what is remembered unless it throws; run on this thread, perhaps by several
   *     threads at the same time
   */
  boolean holds(String digest, BooleanSupplier proof) {
    Boolean found = get(digest);
    if (found == null) {
      found = proof.getAsBoolean();
      put(digest, found);
    }
    return found;
  }

  private synchronized Boolean get(String digest) {
    return known.get(digest);
  }

  private synchronized void put(String digest, Boolean holds) {
    known.put(digest, holds);
  }
}
