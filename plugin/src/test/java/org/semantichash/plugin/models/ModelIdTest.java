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
