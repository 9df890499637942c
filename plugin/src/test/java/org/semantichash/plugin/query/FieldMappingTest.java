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
package org.semantichash.plugin.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.models.ModelId;

class FieldMappingTest {

  private static final Map<String, Object> MAPPING =
      XContentHelper.convertToMap(
          JsonXContent.jsonXContent,
          """
          {"properties": {
            "code": {"type": "hash_code", "bits": 64, "model": "news",
              "digest": "0123456789abcdef"},
            "bare": {"type": "hash_code", "bits": "60"},
            "text": {"type": "text", "fields": {"code": {"type": "hash_code", "bits": 8}}},
            "object": {"properties": {"code": {"type": "hash_code", "bits": 16}}},
            "nested": {"type": "nested", "properties": {
              "a.b": {"type": "hash_code", "bits": 32},
              "a": {"properties": {"c": {"type": "hash_code", "bits": 33}}}}},
            "properties": {"properties": {"fields": {"type": "hash_code", "bits": 12}}},
            "alias": {"type": "alias", "path": "object.code"},
            "broken_alias": {"type": "alias", "path": "nowhere"},
            "loop": {"type": "alias", "path": "loop"},
            "low": {"type": "passthrough", "priority": 1, "properties": {
              "bare": {"type": "hash_code", "bits": 100},
              "passed": {"type": "hash_code", "bits": 101},
              "a.passed": {"type": "hash_code", "bits": 102}}},
            "high": {"type": "passthrough", "priority": 2, "properties": {
              "passed": {"type": "hash_code", "bits": 103}}}}}
          """,
          false);

  @Test
  void findsTheFieldWhereverItIs() {
    ModelId news = new ModelId("news");
    assertEquals(
        Optional.of(
            new FieldMapping(
                64, Optional.of(news), Optional.of("0123456789abcdef"), Optional.empty())),
        FieldMapping.of("code", MAPPING));
    Map<String, Integer> bits =
        Map.of(
            "bare", 60,
            "text.code", 8,
            "object.code", 16,
            "nested.a.b", 32,
            "nested.a.c", 33,
            "properties.fields", 12,
            "alias", 16,
            "low.passed", 101,
            "passed", 103,
            "a.passed", 102);
    bits.forEach(
        (field, expected) -> {
          Optional<String> nested =
              Optional.of("nested").filter(object -> field.startsWith(object + "."));
          assertEquals(
              Optional.of(new FieldMapping(expected, Optional.empty(), Optional.empty(), nested)),
              FieldMapping.of(field, MAPPING),
              field);
        });
  }

  @Test
  void leavesOutWhatIsNoHashCode() {
    for (String field :
        new String[] {
          "text", "object", "nix", "code.nix", "object.nix", "", ".", "broken_alias", "loop"
        }) {
      assertEquals(Optional.empty(), FieldMapping.of(field, MAPPING), field);
    }
    assertEquals(Optional.empty(), FieldMapping.of("code", Map.of()));
  }
}
