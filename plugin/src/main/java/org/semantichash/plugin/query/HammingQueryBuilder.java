// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.core.Strings.format;
import static org.elasticsearch.xcontent.ConstructingObjectParser.constructorArg;
import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.mapper.NestedObjectMapper;
import org.elasticsearch.index.query.MatchNoneQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.query.support.NestedScope;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser.ValueType;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentLocation;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.field.CodeMapping;
import org.semantichash.plugin.memory.NodeColumns.ColumnsMode;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.query.PendingCode.LikeDocument;
import org.semantichash.plugin.query.PendingCode.TextCode;
import org.semantichash.plugin.server.LeafQuery;
import org.semantichash.plugin.wire.Frame;
import org.semantichash.search.columns.ColumnSource;

/**
 * The query {@code hamming}: every document that has a code, or with {@code max_distance} every
 * document whose code is at most that far, or with {@code k} only the k nearest of these in each
 * shard; scored by (bits - distance) / bits. In an index without the field nothing matches.
 *
 * <p>Exactly one of {@code text} (hashed with {@code model}, by default the one that the mapping
 * names), {@code like} (the code of another document) and {@code code} says what is searched for.
 * {@code model} says which model the code is of; it must be the field's. A code goes to the shards
 * with the digest of its model, where that is known, which must be the digest that the field is
 * bound to, if it is. See {@link SearchedField} for the fields that can be searched.
 */
public final class HammingQueryBuilder extends LeafQuery<HammingQueryBuilder> {

  /** The name of the query. */
  public static final String NAME = "hamming";

  private static final ParseField FIELD = new ParseField("field");

  private static final ConstructingObjectParser<HammingQueryBuilder, QueryServices> PARSER =
      parser();

  static {
    declareStandardFields(PARSER);
  }

  private final String field;
  private final QuerySource source;
  private final HammingOptions options;
  private final QueryServices services;

  /** The code while it is being read or hashed, or null. */
  private final PendingCode pending;

  HammingQueryBuilder(
      String field, QuerySource source, HammingOptions options, QueryServices services) {
    this(field, source, options, services, null);
  }

  private HammingQueryBuilder(
      String field,
      QuerySource source,
      HammingOptions options,
      QueryServices services,
      PendingCode pending) {
    this.field = Objects.requireNonNull(field, "field");
    this.source = Objects.requireNonNull(source, "source");
    this.options = Objects.requireNonNull(options, "options");
    this.services = Objects.requireNonNull(services, "services");
    this.pending = pending;
  }

  public HammingQueryBuilder(StreamInput in, QueryServices services) throws IOException {
    super(in);
    Frame body = Frame.open(in, NAME);
    this.field = body.readString();
    this.source = body.read(QuerySource::new);
    this.options = body.read(HammingOptions::new);
    this.services = services;
    this.pending = null;
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    if (pending != null) {
      throw new IllegalStateException("[hamming] cannot be sent before it is rewritten");
    }
    Frame.write(
        out,
        body -> {
          body.writeString(field);
          source.writeTo(body);
          options.writeTo(body);
        });
  }

  /**
   * The query for documents near a code.
   *
   * @param code in hexadecimal, with its stamp if it has one
   * @param maxDistance in bits
   * @param services what the query uses of its node
   */
  public static HammingQueryBuilder ofCode(
      String field, String code, int maxDistance, QueryServices services) {
    return new HammingQueryBuilder(
        field, QuerySource.hex(code), new HammingOptions(null, maxDistance, null), services);
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
      query.source.check();
      query.options.check();
    } catch (IllegalArgumentException e) {
      throw new ParsingException(start, e.getMessage(), e);
    }
    return query;
  }

  /** A parser of bodies, to which the fields of every query can be added. */
  private static ConstructingObjectParser<HammingQueryBuilder, QueryServices> parser() {
    ConstructingObjectParser<HammingQueryBuilder, QueryServices> parser =
        new ConstructingObjectParser<>(NAME, false, HammingQueryBuilder::query);
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

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME);
    builder.field(FIELD.getPreferredName(), field);
    source.toXContent(builder, params);
    options.toXContent(builder, params);
    boostAndQueryNameToXContent(builder);
    builder.endObject();
  }

  @Override
  protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
    if (source.code() != null || context == null) {
      return super.doRewrite(context);
    }
    if (pending != null) {
      PendingCode.QueryCode found = pending.found();
      return found == null ? this : withCode(found);
    }
    if (context.convertToSearchExecutionContext() != null) {
      return super.doRewrite(context); // a shard cannot wait for a code; doToQuery says so
    }
    PendingCode begun = source.like() != null ? ofDocument(context) : ofText(context);
    return begun == null ? this : new HammingQueryBuilder(field, source, options, services, begun);
  }

  private PendingCode ofDocument(QueryRewriteContext context) {
    for (CodeMapping.Field mapped : CodeMapping.searched(field, context).values()) {
      if (mapped.nested() != null) {
        throw new IllegalArgumentException(
            format(
                "[like] takes the code of a whole document, so that it cannot take field [%s]"
                    + " in the nested object [%s]",
                field, mapped.nested()));
      }
    }
    return PendingCode.ofDocument(source.like(), field, options.model(), context);
  }

  private PendingCode ofText(QueryRewriteContext context) {
    ModelId named = options.model() == null ? null : new ModelId(options.model());
    TextCode textCode = TextCode.choose(field, named, context);
    return textCode == null
        ? null
        : PendingCode.ofText(source.text(), textCode, services.models().get(), context);
  }

  private HammingQueryBuilder withCode(PendingCode.QueryCode found) {
    return new HammingQueryBuilder(
        field,
        QuerySource.hex(found.code()),
        options.of(found.model(), found.emptyText()),
        services);
  }

  @Override
  protected Query doToQuery(SearchExecutionContext context) throws IOException {
    SearchedField searched = SearchedField.of(field, context);
    if (searched == null) {
      return new MatchNoDocsQuery("no field [" + field + "]");
    }
    if (source.code() == null) {
      throw new IllegalArgumentException(
          format(
              "[hamming] cannot turn %s into a code here; give the [code], or the [model] of"
                  + " a [text] for another cluster or a field of type [binary]",
              source.given()));
    }
    searched.checkModel(options.model());
    StampedCode stamped = searched.code(source);
    searched.checkDigest(context.index().getName(), stamped.modelDigest());
    ColumnSource columns = services.columns(context.getIndexSettings());
    Query query =
        options.k() == null
            ? options.query(searched, stamped.code(), columns)
            : options.nearest(searched, stamped.code(), columns, shown(searched, context));
    options.warnOfEmptyText(field, stamped.code());
    return query;
  }

  /**
   * What the filter of the alias shows that is searched, as documents of the field; null for all.
   * The nearest are looked for among these. Where this query is itself a part of that filter, it
   * looks among all.
   */
  private static Query shown(SearchedField searched, SearchExecutionContext context)
      throws IOException {
    QueryBuilder filter = context.getAliasFilter();
    if (filter == null) {
      return null;
    }
    Deque<NestedObjectMapper> levels = new ArrayDeque<>(); // the filter is of whole documents
    NestedScope scope = context.nestedScope();
    for (NestedObjectMapper level = scope.getObjectMapper();
        level != null;
        level = scope.getObjectMapper()) {
      levels.push(level);
      scope.previousLevel();
    }
    if (context.getIndexReader() != null) {
      context.addCircuitBreakerMemory(
          context.getIndexReader().maxDoc() / Byte.SIZE, "[semantic_hash] filter of the alias");
    }
    context.setAliasFilter(null);
    try {
      return searched.documents(filter.toQuery(context), context);
    } finally {
      context.setAliasFilter(filter);
      levels.forEach(scope::nextLevel);
    }
  }

  /** As the queries of Elasticsearch do: an index without the field has nothing that matches. */
  @Override
  protected QueryBuilder doIndexMetadataRewrite(QueryRewriteContext context) {
    return context.getFieldType(field) == null
        ? new MatchNoneQueryBuilder("The [hamming] query is against a field that does not exist")
        : this;
  }

  String fieldName() {
    return field;
  }

  QuerySource source() {
    return source;
  }

  HammingOptions options() {
    return options;
  }

  @Override
  protected boolean doEquals(HammingQueryBuilder other) {
    return field.equals(other.field)
        && source.equals(other.source)
        && options.equals(other.options)
        && Objects.equals(pending, other.pending);
  }

  @Override
  protected int doHashCode() {
    return Objects.hash(field, source, options, pending);
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.zero();
  }

  /**
   * Services of the node that queries use.
   *
   * @param models gives the models of the node, which are there when the first query comes
   * @param columns has codes in memory
   */
  public record QueryServices(Supplier<ModelCache> models, ColumnSource columns) {

    /** Checks that nothing is missing. */
    public QueryServices {
      Objects.requireNonNull(models, "models");
      Objects.requireNonNull(columns, "columns");
    }

    /** The codes in memory as a query of an index may use them. */
    ColumnSource columns(IndexSettings index) {
      return ColumnsMode.of(index) == ColumnsMode.OFF ? ColumnSource.NONE : columns;
    }
  }
}
