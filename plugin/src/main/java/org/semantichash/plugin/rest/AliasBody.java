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
