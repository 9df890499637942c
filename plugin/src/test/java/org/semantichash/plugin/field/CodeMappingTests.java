// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import java.util.Map;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.json.JsonXContent;

public class CodeMappingTests extends ESTestCase {

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

  public void testFindsTheFieldWhereverItIs() {
    CodeMapping read = CodeMapping.of(MAPPING);
    assertEquals(new CodeMapping.Field(null, 64, "news", "0123456789abcdef"), read.field("code"));
    assertEquals("nested", read.field("nested.a.b").nested());
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
        (field, expected) -> assertEquals(field, (int) expected, read.field(field).bits()));
  }

  public void testLeavesOutWhatIsNoHashCode() {
    for (String field :
        new String[] {
          "text", "object", "nix", "code.nix", "object.nix", "", ".", "broken_alias", "loop"
        }) {
      assertNull(field, CodeMapping.of(MAPPING).field(field));
    }
    assertNull(CodeMapping.of(Map.of()).field("code"));
  }

  /** Every query by text asks for the mappings of all indices that it searches. */
  public void testReadsAMappingOnceAndAChangedOneAgain() {
    CodeMapping read = CodeMapping.of(index("news", 64));
    assertSame(read, CodeMapping.of(index("news", 64)));
    assertSame(read, CodeMapping.of(index("the same elsewhere", 64)));
    CodeMapping changed = CodeMapping.of(index("news", 32));
    assertEquals(64, read.field("code").bits());
    assertEquals(32, changed.field("code").bits());
  }

  private static IndexMetadata index(String name, int bits) {
    return IndexMetadata.builder(name)
        .settings(
            Settings.builder().put(IndexMetadata.SETTING_VERSION_CREATED, IndexVersion.current()))
        .numberOfShards(1)
        .numberOfReplicas(0)
        .putMapping("{\"properties\":{\"code\":{\"type\":\"hash_code\",\"bits\":" + bits + "}}}")
        .build();
  }
}
