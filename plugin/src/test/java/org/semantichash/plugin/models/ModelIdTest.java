// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ModelIdTest {

  @Test
  void acceptsTheRule() {
    for (String id : new String[] {"a", "0", "news", "news-v2", "news_v2.1", "a".repeat(200)}) {
      assertEquals(id, new ModelId(id).toString());
    }
  }

  @Test
  void refusesEverythingElse() {
    for (String id :
        new String[] {
          "",
          ".",
          "..",
          ".hidden",
          "-a",
          "_a",
          "News",
          "a/b",
          "../a",
          "a\\b",
          "a b",
          "a\0",
          "ä",
          "a\n",
          "a:b",
          "a*",
          "a".repeat(201)
        }) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new ModelId(id)).getMessage();
      assertEquals(
          "[model] must be 1 to [200] lower-case letters, digits, [-], [_] and [.], beginning with"
              + " a letter or a digit, got ["
              + id
              + "]",
          message);
    }
  }
}
