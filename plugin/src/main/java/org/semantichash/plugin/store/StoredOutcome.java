// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
