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
package org.semantichash.trainer.duplicates;

import java.util.List;

/** Counts what clearing away would do, without reading or writing a document. */
public final class ClearingPlan {

  private final boolean includeCapped;
  private long documents;
  private long groups;
  private long capped;

  /**
   * A plan.
   *
   * @param includeCapped whether documents of capped groups go too
   */
  public ClearingPlan(boolean includeCapped) {
    this.includeCapped = includeCapped;
  }

  /** Takes a group into account. */
  public void add(DuplicateGroup group) {
    if (group.capped() && includeCapped == false) {
      capped++;
    } else {
      groups++;
      documents += group.others().size();
    }
  }

  /** The counts. */
  public ClearedAway counts() {
    return new ClearedAway(documents, groups, capped, List.of());
  }
}
