// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
