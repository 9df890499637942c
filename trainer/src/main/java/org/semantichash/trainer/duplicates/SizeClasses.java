// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Sizes of groups put together so that few bars show them all. */
final class SizeClasses {

  private static final int SINGLE = 8;

  private SizeClasses() {}

  /** Sizes below 8 by themselves, from there on from one power of two to below the next. */
  static NavigableMap<Integer, Long> of(NavigableMap<Integer, Long> sizes) {
    NavigableMap<Integer, Long> classes = new TreeMap<>();
    sizes.forEach(
        (size, groups) ->
            classes.merge(size < SINGLE ? size : Integer.highestOneBit(size), groups, Long::sum));
    return classes;
  }
}
