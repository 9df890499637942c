// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.rest;

import java.io.IOException;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.plugin.models.ModelId;

/**
 * The body of an alias: {@code {"model":"..."}}.
 *
 * @param model the model it stands for
 */
record AliasBody(ModelId model) {

  private static final ConstructingObjectParser<AliasBody, Void> BODY =
      new ConstructingObjectParser<>(
          "alias", values -> new AliasBody(new ModelId((String) values[0])));

  static {
    BODY.declareString(ConstructingObjectParser.constructorArg(), new ParseField("model"));
  }

  static AliasBody parse(XContentParser parser) throws IOException {
    return BODY.parse(parser, null);
  }
}
