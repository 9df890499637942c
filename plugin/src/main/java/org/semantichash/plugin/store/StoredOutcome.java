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
package org.semantichash.plugin.store;

import java.util.Locale;

/**
 * A model that is stored now, and what became of it.
 *
 * @param model the model
 * @param outcome whether it is new
 */
public record StoredOutcome(StoredModel model, Outcome outcome) {

  /** What became of a model that was put. */
  public enum Outcome {
    /** There was none of this name. */
    CREATED,
    /** There was another of this name, which is gone. */
    REPLACED,
    /** The same file was there already. */
    UNCHANGED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
