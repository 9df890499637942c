// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Locale;

/** What is counted of a model; in statistics by its lower-case name. */
public enum ModelCount {
  /** The texts hashed. */
  TEXTS,
  /** The texts that the model could not hash, those that were too long for the time among them. */
  ERRORS,
  /** The texts not hashed since their documents had their codes already. */
  SKIPPED,
  /** How often it was loaded. */
  LOADS,
  /** How often loading it failed, once it had been found. */
  FAILED_LOADS,
  /** The loads that failed because the circuit breaker or the cache had not enough memory left. */
  REJECTED,
  /** The texts that were not hashed in time, by waiting for the model or by their length. */
  TIMEOUTS,
  /** How often the model was asked for and was in memory. */
  CACHE_HITS,
  /** How often the model was asked for and was not, or not yet, in memory. */
  CACHE_MISSES,
  /** How often it was dropped because another needed its memory, or the limit was lowered. */
  EVICTIONS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
