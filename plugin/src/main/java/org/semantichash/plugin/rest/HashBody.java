// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.rest;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;

/**
 * The body of a request for codes: {@code {"docs":[{"text":"..."}], "explain":true}}.
 *
 * @param texts the texts
 * @param explain whether the known terms are shown
 */
record HashBody(List<String> texts, boolean explain) {

  private static final ConstructingObjectParser<String, Void> TEXT =
      new ConstructingObjectParser<>("docs", values -> (String) values[0]);

  private static final ConstructingObjectParser<HashBody, Void> BODY =
      new ConstructingObjectParser<>("hash", HashBody::of);

  static {
    TEXT.declareString(ConstructingObjectParser.constructorArg(), new ParseField("text"));
    BODY.declareObjectArray(
        ConstructingObjectParser.constructorArg(), TEXT, new ParseField("docs"));
    BODY.declareBoolean(
        ConstructingObjectParser.optionalConstructorArg(), new ParseField("explain"));
  }

  private static HashBody of(Object[] values) {
    List<String> texts = ((List<?>) values[0]).stream().map(String.class::cast).toList();
    return new HashBody(texts, Boolean.TRUE.equals(values[1]));
  }

  static HashBody parse(XContentParser parser) throws IOException {
    return BODY.parse(parser, null);
  }
}
