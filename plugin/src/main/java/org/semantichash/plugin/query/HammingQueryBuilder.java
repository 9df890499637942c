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

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.logging.HeaderWarning;
import org.elasticsearch.index.query.LeafQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentLocation;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.columns.ColumnsMode;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.search.columns.ColumnSource;

/**
 * The query {@code hamming}: every document that has a code, or with {@code max_distance} every
 * document whose code is at most that far, or with {@code k} only the k nearest of these in each
 * shard; scored by (bits - distance) / bits.
 *
 * <p>Exactly one of {@code text} (hashed with {@code model}, by default the one that the mapping
 * names), {@code like} (the code of another document) and {@code code} says what is searched for.
 * {@code model} says which model the code is of; it must be the field's. A code goes to the shards
 * with the digest of its model, where that is known, which must be the digest that the field is
 * bound to, if it is. See {@link SearchedField} for the fields that can be searched.
 */
public final class HammingQueryBuilder extends LeafQueryBuilder<HammingQueryBuilder> {

  /** The name of the query. */
  public static final String NAME = "hamming";

  /** All nodes of a cluster need not run the same version of the plugin. */
  private static final byte WIRE_VERSION = 1;

  private static final ParseField FIELD = new ParseField("field");

  private static final ConstructingObjectParser<HammingQueryBuilder, QueryServices> PARSER =
      new ConstructingObjectParser<>(
          NAME,
          false,
          (args, services) ->
              new HammingQueryBuilder(
                  (String) args[0],
                  new Target((String) args[1], (LikeDocument) args[2], (String) args[3]),
                  new HammingOptions((String) args[4], (Integer) args[5], (Integer) args[6]),
                  services));

  static {
    PARSER.declareString(ConstructingObjectParser.constructorArg(), FIELD);
    PARSER.declareString(ConstructingObjectParser.optionalConstructorArg(), Target.TEXT);
    PARSER.declareObject(
        ConstructingObjectParser.optionalConstructorArg(),
        (parser, services) -> LikeDocument.PARSER.apply(parser, null),
        Target.LIKE);
    PARSER.declareString(ConstructingObjectParser.optionalConstructorArg(), Target.CODE);
    PARSER.declareString(ConstructingObjectParser.optionalConstructorArg(), HammingOptions.MODEL);
    PARSER.declareInt(
        ConstructingObjectParser.optionalConstructorArg(), HammingOptions.MAX_DISTANCE);
    PARSER.declareInt(ConstructingObjectParser.optionalConstructorArg(), HammingOptions.K);
    declareStandardFields(PARSER);
  }

  private final String field;
  private final Target target;
  private final HammingOptions options;
  private final QueryServices services;

  /** Gives the query with its code, or null as long as that is on its way; null before that. */
  private final Supplier<HammingQueryBuilder> pending;

  HammingQueryBuilder(String field, Target target, HammingOptions options, QueryServices services) {
    this(field, target, options, services, null);
  }

  private HammingQueryBuilder(
      String field,
      Target target,
      HammingOptions options,
      QueryServices services,
      Supplier<HammingQueryBuilder> pending) {
    this.field = Objects.requireNonNull(field, "field");
    this.target = Objects.requireNonNull(target, "target");
    this.options = Objects.requireNonNull(options, "options");
    this.services = Objects.requireNonNull(services, "services");
    this.pending = pending;
  }

  /** Reads a query from the wire. */
  public HammingQueryBuilder(StreamInput in, QueryServices services) throws IOException {
    super(in);
    byte version = in.readByte();
    if (version != WIRE_VERSION) {
      throw new IOException(
          "[hamming] must come in wire version [" + WIRE_VERSION + "], got [" + version + "]");
    }
    this.field = in.readString();
    this.target = new Target(in);
    this.options = new HammingOptions(in);
    this.services = services;
    this.pending = null;
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    if (pending != null) {
      throw new IllegalStateException("[hamming] cannot be sent before it is rewritten");
    }
    out.writeByte(WIRE_VERSION);
    out.writeString(field);
    target.writeTo(out);
    options.writeTo(out);
  }

  /**
   * Reads a query from a request.
   *
   * @param services what the query uses of its node
   */
  public static HammingQueryBuilder fromXContent(XContentParser parser, QueryServices services) {
    XContentLocation start = parser.getTokenLocation();
    HammingQueryBuilder query = PARSER.apply(parser, services);
    try {
      query.target.check();
      query.options.check();
    } catch (IllegalArgumentException e) {
      throw new ParsingException(start, e.getMessage(), e);
    }
    return query;
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME);
    builder.field(FIELD.getPreferredName(), field);
    target.toXContent(builder, params);
    options.toXContent(builder, params);
    boostAndQueryNameToXContent(builder);
    builder.endObject();
  }

  @Override
  protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
    if (target.code() != null || context == null) {
      return super.doRewrite(context);
    }
    if (pending != null) {
      HammingQueryBuilder resolved = pending.get();
      return resolved == null ? this : resolved;
    }
    if (context.convertToSearchExecutionContext() != null) {
      return this; // on a shard nobody waits; doToQuery says so
    }
    return target.like() != null ? fetchLike(context) : hashText(context);
  }

  private QueryBuilder fetchLike(QueryRewriteContext context) {
    SetOnce<HammingQueryBuilder> resolved = new SetOnce<>();
    context.registerAsyncAction(
        (client, listener) ->
            target
                .like()
                .code(
                    client,
                    field,
                    listener.map(
                        code -> {
                          resolved.set(withCode(code, options.model(), false));
                          return null;
                        })));
    return new HammingQueryBuilder(field, target, options, services, resolved::get);
  }

  private QueryBuilder hashText(QueryRewriteContext context) {
    ModelId asked = options.model() == null ? null : new ModelId(options.model());
    TextCode textCode = TextCode.choose(field, asked, context);
    if (textCode == null) {
      return this;
    }
    SetOnce<HammingQueryBuilder> resolved = new SetOnce<>();
    context.registerAsyncAction(
        (client, listener) ->
            textCode.hash(
                target.text(),
                services.hashing(),
                listener.map(
                    hashed -> {
                      resolved.set(
                          withCode(
                              hashed.code().toString(),
                              textCode.model().value(),
                              hashed.emptyText()));
                      return null;
                    })));
    return new HammingQueryBuilder(field, target, options, services, resolved::get);
  }

  private HammingQueryBuilder withCode(String code, String model, boolean emptyText) {
    return new HammingQueryBuilder(
        field, Target.code(code), options.of(model, emptyText), services);
  }

  @Override
  protected Query doToQuery(SearchExecutionContext context) {
    SearchedField searched = SearchedField.of(field, context);
    if (target.code() == null) {
      throw new IllegalArgumentException(
          "[hamming] cannot turn "
              + target.given()
              + " into a code here; give the [code], or the [model] of a [text] for another"
              + " cluster or a field of type [binary]");
    }
    searched.checkModel(options.model());
    StampedCode stamped = searched.code(target.code());
    searched.checkDigest(context.index().getName(), stamped.modelDigest());
    Query query = options.query(searched, stamped.code(), columns(context));
    warnOfEmptyText(stamped.code());
    return query;
  }

  private ColumnSource columns(SearchExecutionContext context) {
    boolean off = ColumnsMode.of(context.getIndexSettings()) == ColumnsMode.OFF;
    return off ? ColumnSource.NONE : services.columns();
  }

  /**
   * On the shards, whose warnings the answer collects: while a query is rewritten another thread
   * may go on with the request than the one that hashed, and a warning is a thread's own.
   */
  private void warnOfEmptyText(BinaryCode code) {
    if (options.emptyText()) {
      HeaderWarning.addWarning(
          "[hamming] the text for field [{}] has no term that model [{}] knows; searching for the"
              + " model's code of the empty text [{}]",
          field,
          options.model(),
          code);
    }
  }

  String fieldName() {
    return field;
  }

  Target target() {
    return target;
  }

  HammingOptions options() {
    return options;
  }

  @Override
  protected boolean doEquals(HammingQueryBuilder other) {
    return field.equals(other.field)
        && target.equals(other.target)
        && options.equals(other.options)
        && Objects.equals(pending, other.pending);
  }

  @Override
  protected int doHashCode() {
    return Objects.hash(field, target, options, pending);
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.zero();
  }
}
