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
package org.semantichash.plugin.duplicates.result;

import java.util.Locale;

/** How a search of near-duplicates is. */
public enum JobState {

  /** It searches. */
  RUNNING,

  /** Its groups are there. */
  COMPLETED,

  /** It ended with an error. */
  FAILED,

  /** Somebody ended it. */
  CANCELLED;

  static JobState parse(Object name) {
    return valueOf(name.toString().toUpperCase(Locale.ROOT));
  }

  /** Its name in an answer. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
