// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.xcontent.ConstructingObjectParser.constructorArg;
import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser.ValueType;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.plugin.query.HammingQueryBuilder.QueryServices;
import org.semantichash.plugin.query.QuerySource.LikeDocument;

/** The body of a {@code hamming} query in a request, but for what every query has. */
final class HammingQueryBody {

  static final ParseField FIELD = new ParseField("field");

  private HammingQueryBody() {}

  /** A parser of bodies, to which the fields of every query can be added. */
  static ConstructingObjectParser<HammingQueryBuilder, QueryServices> parser() {
    ConstructingObjectParser<HammingQueryBuilder, QueryServices> parser =
        new ConstructingObjectParser<>(HammingQueryBuilder.NAME, false, HammingQueryBody::query);
    parser.declareString(constructorArg(), FIELD);
    parser.declareString(optionalConstructorArg(), QuerySource.TEXT);
    parser.declareObject(
        optionalConstructorArg(),
        (like, services) -> LikeDocument.PARSER.apply(like, null),
        QuerySource.LIKE);
    parser.declareField(
        optionalConstructorArg(), (p, services) -> code(p), QuerySource.CODE, ValueType.INT_ARRAY);
    parser.declareString(optionalConstructorArg(), HammingOptions.MODEL);
    parser.declareInt(optionalConstructorArg(), HammingOptions.MAX_DISTANCE);
    parser.declareInt(optionalConstructorArg(), HammingOptions.K);
    parser.declareString(optionalConstructorArg(), QuerySource.FORMAT);
    return parser;
  }

  /** A string, a number, or a list of numbers. */
  private static Object code(XContentParser parser) throws IOException {
    return parser.currentToken() == XContentParser.Token.START_ARRAY
        ? parser.list()
        : parser.objectText();
  }

  /** The arguments come in the order in which they are declared. */
  private static HammingQueryBuilder query(Object[] args, QueryServices services) {
    return new HammingQueryBuilder(
        (String) args[0],
        QuerySource.of((String) args[1], (LikeDocument) args[2], args[3], (String) args[7]),
        new HammingOptions((String) args[4], (Integer) args[5], (Integer) args[6]),
        services);
  }
}
