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
package org.semantichash.it.search.jvm;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * How codes are put into an index.
 *
 * @param name of its folder
 * @param segments how many
 * @param terms shares of the documents that a term finds
 * @param missing documents without a code, or null
 * @param deleted documents that are deleted after the merge, or null
 * @param chunks whether the chunks of codes are indexed too
 */
record Shape(
    String name, int segments, List<Share> terms, Share missing, Share deleted, boolean chunks) {

  static final Shape PLAIN = new Shape("plain", 1, List.of(), null, null);
  static final Shape CHUNKS = new Shape("chunks", 1, List.of(), null, null, true);

  Shape(String name, int segments, List<Share> terms, Share missing, Share deleted) {
    this(name, segments, terms, missing, deleted, false);
  }

  /** The documents that a search may find. */
  IntPredicate found() {
    return ordinal ->
        (missing == null || missing.test(ordinal) == false)
            && (deleted == null || deleted.test(ordinal) == false);
  }
}
