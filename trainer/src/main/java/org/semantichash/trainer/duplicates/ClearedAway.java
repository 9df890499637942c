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

/**
 * What was done, or would be.
 *
 * @param documents how many documents were deleted or tagged
 * @param groups how many groups they are of
 * @param cappedGroups how many groups were left alone because they are capped
 * @param skipped the documents that were left as they are
 */
public record ClearedAway(long documents, long groups, long cappedGroups, List<Skipped> skipped) {

  /** Copies. */
  public ClearedAway {
    skipped = List.copyOf(skipped);
  }
}
