// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;

/** The checks that the parts of an experiment share. */
final class SpecCheck {

  private SpecCheck() {}

  static void require(boolean condition, String name, String rule, Object value) {
    if (condition == false) {
      throw new IllegalArgumentException("[" + name + "] must " + rule + ", got [" + value + "]");
    }
  }

  static void requirePresent(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("[" + name + "] is missing");
    }
  }

  /** A copy of a list that must hold something. */
  static <T> List<T> requireFilled(String name, List<T> list) {
    requirePresent(name, list);
    require(list.isEmpty() == false, name, "hold at least one entry", 0);
    return List.copyOf(list);
  }
}
