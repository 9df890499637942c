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
package org.semantichash.search;

import static org.junit.Assert.assertEquals;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** The ways in which a query was searched. */
record WatchedPaths(Set<SearchPath> seen) implements Consumer<SearchPath> {

  WatchedPaths() {
    this(Collections.synchronizedSet(EnumSet.noneOf(SearchPath.class)));
  }

  static WatchedPaths of(HammingQuery query) {
    return (WatchedPaths) query.tuning().watch();
  }

  @Override
  public void accept(SearchPath path) {
    seen.add(path);
  }

  void assertOnly(SearchPath path) {
    assertEquals(Set.of(path), seen);
  }
}
