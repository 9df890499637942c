// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ModelIdTest {

  @Test
  void acceptsTheRule() {
    for (String id :
        new String[] {"a", "0", "news", "news-v2", "news_v2.1", "_a", "a".repeat(200)}) {
      assertEquals(id, new ModelId(id).toString());
    }
  }

  /** No user writes a name that a model of the plugin has, or may have one day. */
  @Test
  void refusesTheNamesOfBuiltInModelsWhereUsersWrite() {
    assertEquals("a_", ModelId.ofUser("a_").toString());
    assertFalse(new ModelId("a_").isBuiltIn());
    assertTrue(new ModelId("_a").isBuiltIn());
    assertEquals(
        "[model] must begin with a letter or a digit here, since names that begin with [_] are"
            + " those of models that come with the plugin and are not stored, replaced or deleted,"
            + " got [_a]",
        assertThrows(IllegalArgumentException.class, () -> ModelId.ofUser("_a")).getMessage());
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
          "_",
          "__a",
          "_-a",
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
