// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.plugin.models.ModelId;

class AliasBodyTest {

  private static ModelId parse(String json) throws IOException {
    try (XContentParser parser =
        JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, json)) {
      return AliasApi.PutAlias.parseBody(parser);
    }
  }

  @Test
  void namesTheModel() throws IOException {
    assertEquals(new ModelId("news-2"), parse("{\"model\":\"news-2\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":\"Not A Name\"}",
        "{\"model\":null}",
        "{\"model\":\"news\",\"reassign\":true}"
      })
  void refusesAnythingElse(String json) {
    assertThrows(IllegalArgumentException.class, () -> parse(json));
  }
}
