// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.compress.CompressedXContent;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.query.IdsQueryBuilder;
import org.elasticsearch.index.query.MatchAllQueryBuilder;
import org.elasticsearch.index.query.MatchNoneQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.test.AbstractQueryTestCase;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.models.CountingBreaker;
import org.semantichash.plugin.models.PreparedModels;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.query.HammingQueryBuilder.QueryServices;
import org.semantichash.plugin.query.PendingCode.LikeDocument;
import org.semantichash.plugin.server.ServerTests;
import org.semantichash.plugin.wire.Frame;
import org.semantichash.search.HammingQuery;
import org.semantichash.search.NearestHammingQuery;
import org.semantichash.search.columns.ColumnSource;

public class HammingQueryBuilderTests extends AbstractQueryTestCase<HammingQueryBuilder> {

  private static final String FIELD = "code_of_text";
  private static final String PLAIN_FIELD = "code_of_unknown_model";
  private static final String CHUNKED_FIELD = "code_with_chunks";
  private static final String LONG_FIELD = "code_in_longs";
  private static final String BINARY_FIELD = "code_of_no_width";
  private static final int BITS = 60;
  private static final String OTHER_DIGEST = "0123456789abcdef";
  private static final String OF_ANOTHER_MODEL = "index-of-another-model";

  private static PreparedModels models;
  private static TextHasher hasher;
  private static String digest;

  /** The plugin with models that are in memory; the harness starts no node. */
  public static final class PluginWithPreparedModels extends Plugin
      implements SearchPlugin, MapperPlugin {

    private final SemanticHashPlugin plugin = new SemanticHashPlugin(Settings.EMPTY);

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
      return plugin.getMappers();
    }

    @Override
    public List<QuerySpec<?>> getQueries() {
      return List.of(
          new QuerySpec<>(
              HammingQueryBuilder.NAME,
              in -> new HammingQueryBuilder(in, services()),
              parser -> HammingQueryBuilder.fromXContent(parser, services())));
    }
  }

  private static QueryServices services() {
    return new QueryServices(models::models, ColumnSource.NONE);
  }

  @BeforeClass
  public static void loadModels() {
    byte[] file = TestModel.file(BITS, 7);
    models =
        new PreparedModels(Runnable::run).put("news", file).put("wide", TestModel.file(128, 8));
    hasher = TestModel.hasher(file);
    digest = StampedCode.digestOfModel(EncoderModel.read(file).digest());
  }

  @AfterClass
  public static void closeModels() {
    models.close();
    hasher.close();
    models = null;
    hasher = null;
    digest = null;
  }

  @Override
  protected Collection<Class<? extends Plugin>> getPlugins() {
    return List.of(PluginWithPreparedModels.class);
  }

  @Override
  protected void initializeAdditionalMappings(MapperService mapperService) throws IOException {
    XContentBuilder mapping = JsonXContent.contentBuilder().startObject().startObject("_doc");
    mapping.startObject("properties");
    mapping.startObject(FIELD).field("type", "hash_code").field("bits", BITS);
    mapping.field("model", "news").field("digest", digest).endObject();
    mapping.startObject(PLAIN_FIELD).field("type", "hash_code").field("bits", BITS).endObject();
    mapping.startObject(CHUNKED_FIELD).field("type", "hash_code").field("bits", BITS);
    mapping.field("multi_index_hashing", true).endObject();
    mapping.startObject(LONG_FIELD).field("type", "hash_code").field("bits", 64);
    mapping.field("format", "long").endObject();
    mapping.startObject(BINARY_FIELD).field("type", "binary").field("doc_values", true);
    mapping.endObject();
    mapping.startObject("bytes_on_disk").field("type", "binary").endObject();
    mapping.startObject("alias_of_code").field("type", "alias").field("path", FIELD).endObject();
    mapping.endObject().endObject().endObject();
    mapperService.merge(
        "_doc",
        new CompressedXContent(Strings.toString(mapping)),
        MapperService.MergeReason.MAPPING_UPDATE);
  }

  private static BinaryCode randomCode() {
    byte[] bytes = randomByteArrayOfLength(BinaryCode.byteLength(BITS));
    bytes[bytes.length - 1] &= (byte) 0xf0;
    return BinaryCode.of(bytes, BITS);
  }

  @Override
  protected HammingQueryBuilder doCreateTestQueryBuilder() {
    String field = randomFrom(FIELD, PLAIN_FIELD, CHUNKED_FIELD, BINARY_FIELD, "alias_of_code");
    Integer maxDistance = randomBoolean() ? null : between(0, BITS);
    Integer k = randomBoolean() ? null : between(1, HammingOptions.MAX_K);
    return switch (between(0, 2)) {
      // The harness's index metadata has no mapping, so a text must name its model.
      case 0 -> query(field, QuerySource.text(randomText()), "news", maxDistance, k);
      case 1 ->
          query(field, QuerySource.like(randomLike()), randomFrom("news", null), maxDistance, k);
      default -> {
        BinaryCode code = randomCode();
        String text = randomBoolean() ? code.toHex() : code.toBase64();
        text += randomFrom("", "@" + digest, "@" + digest + ":0123456789abcdef");
        yield query(field, QuerySource.code(text), randomFrom("news", null), maxDistance, k);
      }
    };
  }

  private static HammingQueryBuilder query(
      String field, QuerySource target, String model, Integer maxDistance) {
    return query(field, target, model, maxDistance, null);
  }

  private static HammingQueryBuilder query(
      String field, QuerySource target, String model, Integer maxDistance, Integer k) {
    return new HammingQueryBuilder(
        field, target, new HammingOptions(model, maxDistance, k), services());
  }

  private static String randomText() {
    return TestModel.text(new SplittableRandom(randomLong()));
  }

  /** The id is the code that the simulated document has. */
  private static LikeDocument randomLike() {
    return new LikeDocument(
        randomFrom("index-", "bound-") + randomAlphaOfLength(3),
        randomCode().toHex(),
        randomBoolean() ? null : randomAlphaOfLength(4));
  }

  @Override
  protected boolean canSimulateMethod(Method method, Object[] args) throws NoSuchMethodException {
    return method.equals(
        Client.class.getMethod("search", SearchRequest.class, ActionListener.class));
  }

  @Override
  @SuppressWarnings("unchecked") // the method was matched above
  protected Object simulateMethod(Method method, Object[] args) {
    SearchRequest request = (SearchRequest) args[0];
    assertThat(request.source().fetchSource().fetchSource(), equalTo(false));
    assertThat(request.allowPartialSearchResults(), equalTo(false));
    assertThat(request.source().docValueFields().get(0).format, equalTo("stamped"));
    String field = request.source().docValueFields().get(0).field;
    SearchResponse response =
        ServerTests.response("1", new DocumentField(field, List.of(simulatedValue(request))));
    ActionListener.respondAndRelease((ActionListener<SearchResponse>) args[1], response);
    return null;
  }

  /** As a field shows it that is bound, when the index is said to be one, or that is not. */
  private static String simulatedValue(SearchRequest request) {
    String id = ((IdsQueryBuilder) request.source().query()).ids().iterator().next();
    String code = BinaryCode.fromHex(id, BITS).toBase64();
    String index = request.indices()[0];
    return index.equals(OF_ANOTHER_MODEL)
        ? code + "@" + OTHER_DIGEST
        : code + (index.startsWith("bound-") ? "@" + digest : "");
  }

  @Override
  protected void doAssertLuceneQuery(
      HammingQueryBuilder builder, Query query, SearchExecutionContext context) {
    BinaryCode code = expectedCode(builder.source());
    String name = context.getFieldType(builder.fieldName()).name();
    CodeField field = CodeField.plain(name);
    if (name.equals(CHUNKED_FIELD)) {
      field = field.withChunks();
    }
    if (name.equals(BINARY_FIELD)) {
      field = new CodeField(name, CodeField.StoredForm.COUNTED);
      code = BinaryCode.of(code.toBytes(), 64); // whole bytes
    }
    Integer maxDistance = builder.options().maxDistance();
    int largest = maxDistance == null ? code.bits() : maxDistance;
    Integer k = builder.options().k();
    Query expected =
        k == null
            ? new HammingQuery(field, code, largest, ColumnSource.NONE)
            : new NearestHammingQuery(field, code, k, largest, ColumnSource.NONE);
    assertThat(query, equalTo(expected));
  }

  private static BinaryCode expectedCode(QuerySource target) {
    if (target.text() != null) {
      return hasher.hash(target.text()).code();
    }
    return target.like() != null
        ? BinaryCode.fromHex(target.like().id(), BITS)
        : StampedCode.parse(target.code(), BITS).code();
  }

  @Override
  protected Map<String, HammingQueryBuilder> getAlternateVersions() {
    return Map.of(
        "{\"hamming\":{\"field\":\"" + FIELD + "\",\"code\":\"0123456789abcde0\"}}",
        query(FIELD, QuerySource.code("0123456789abcde0"), null, null));
  }

  /** The surface, word by word. */
  public void testExamples() throws IOException {
    assertParsed(
        "{'hamming':{'field':'f','text':'interest rates','max_distance':12}}",
        query("f", QuerySource.text("interest rates"), null, 12));
    assertParsed(
        "{'hamming':{'field':'f','like':{'_index':'i','_id':'42','routing':'r'}}}",
        query("f", QuerySource.like(new LikeDocument("i", "42", "r")), null, null));
    assertParsed(
        "{'hamming':{'field':'f','code':'9f','max_distance':3,'k':10}}",
        query("f", QuerySource.code("9f"), null, 3, 10));
    assertParsed(
        "{'hamming':{'field':'f','code':'9f','model':'m','boost':2,'_name':'n'}}",
        query("f", QuerySource.code("9f"), "m", null).boost(2).queryName("n"));
    assertParsed(
        "{'hamming':{'field':'f','code':'-97','format':'long'}}",
        query("f", QuerySource.of(null, null, "-97", "long"), null, null));
    assertParsed(
        "{'hamming':{'field':'f','code':[-97,3]}}",
        query("f", QuerySource.of(null, null, List.of(-97, 3), "bytes"), null, null));
    assertParsed(
        "{'hamming':{'field':'f','code':97}}", query("f", QuerySource.code("+97"), null, null));
    assertParsed(
        "{'hamming':{'field':'f','like':{'_index':'i','_id':8,'routing':3}}}",
        query("f", QuerySource.like(new LikeDocument("i", "8", "3")), null, null));
  }

  /** A bit for each document of the shard. */
  public void testTheFilterOfAnAliasCounts() throws IOException {
    try (Directory directory = newDirectory();
        IndexWriter writer = new IndexWriter(directory, newIndexWriterConfig())) {
      int documents = between(1000, 3000);
      for (int i = 0; i < documents; i++) {
        writer.addDocument(new Document());
      }
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        CircuitBreaker breaker = new CountingBreaker(1 << 20);
        SearchExecutionContext context =
            new SearchExecutionContext(createSearchExecutionContext(newSearcher(reader)), breaker);
        HammingQueryBuilder query =
            query(FIELD, QuerySource.code("0123456789abcde0"), null, null, 3);
        query.toQuery(context);
        long before = breaker.getUsed();
        context.setAliasFilter(new MatchAllQueryBuilder());
        query.toQuery(context);
        assertThat(breaker.getUsed(), greaterThanOrEqualTo(2 * before + documents / 8));
      }
    }
  }

  /** What has another type than its form says, or could be two things. */
  public void testRefusedForms() throws IOException {
    for (String[] refused :
        new String[][] {
          {"[5]", "hex", "[code] can be a list only of signed bytes, in [format] [bytes], got [5]"},
          {"['5']", null, "[code] can be a list only of signed bytes"},
          {"[[5]]", null, "[code] can be a list only of signed bytes"},
          {"[5, 200]", null, "must be a list of signed bytes, got [[5, 200]]"},
          {"'[5]'", "bytes", "must be a list of signed bytes, got the text [[5]]"},
          {"5", "hex", "[code] in [format] [hex] cannot be a number, got [5]"},
          {"1234", "base64", "[code] in [format] [base64] cannot be a number, got [1234]"},
          {"'+5'", "long", "be without sign if it is a number, got [+5]"},
          {"'+123'", null, "[code] must have a [format] if it is base64"}
        }) {
      String format = refused[1] == null ? "" : ",'format':'" + refused[1] + "'";
      String query =
          "{'hamming':{'field':'" + BINARY_FIELD + "','code':" + refused[0] + format + "}}";
      Exception e =
          expectThrows(
              Exception.class,
              () -> parseQuery(query.replace('\'', '"')).toQuery(createSearchExecutionContext()));
      assertThat(query, ExceptionsHelper.stackTrace(e), containsString(refused[2]));
    }
    assertThat(
        shardRefusal(query(LONG_FIELD, QuerySource.of(null, null, List.of(5), null), null, null)),
        containsString(
            "a code of [64] bits must be a list of [8] signed bytes, got a list of [1]"));
    for (String text : List.of("007", "-0", "\u0665")) {
      assertThat(
          shardRefusal(query(LONG_FIELD, QuerySource.code(text), null, null)),
          containsString("must be a decimal number of [64] bits with a sign, got [" + text + "]"));
    }
  }

  /** The form of a code is the query's, or else the field's; a number is never hexadecimal. */
  public void testForms() throws IOException {
    for (CodeForm form : CodeForm.values()) {
      int bits = form == CodeForm.LONG ? 64 : 60;
      byte[] bytes = randomByteArrayOfLength(8);
      bytes[7] &= (byte) (bits == 60 ? 0xf0 : 0xff);
      BinaryCode code = BinaryCode.of(bytes, bits);
      String value = form.value(code) instanceof String text ? "'" + text + "'" : form.text(code);
      String named = form == CodeForm.LONG ? LONG_FIELD : PLAIN_FIELD;
      List<String> queries = new ArrayList<>();
      queries.add("'field':'" + named + "','code':" + value + ",'format':'" + form.id() + "'");
      if (form == CodeForm.LONG) {
        queries.add("'field':'" + named + "','code':" + value);
        queries.add("'field':'" + named + "','code':'" + value + "'");
        queries.add("'field':'" + named + "','code':'" + code.toHex() + "','format':'hex'");
        queries.add("'field':'" + named + "','code':'" + code.toHex() + "@0123456789abcdef'");
      }
      for (String query : queries) {
        QueryBuilder parsed = parseQuery(("{'hamming':{" + query + "}}").replace('\'', '"'));
        assertThat(
            query,
            parsed.toQuery(createSearchExecutionContext()),
            equalTo(new HammingQuery(CodeField.plain(named), code, bits, ColumnSource.NONE)));
      }
    }
    QueryBuilder digits =
        parseQuery("{\"hamming\":{\"field\":\"" + PLAIN_FIELD + "\",\"code\":1234567890123450}}");
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class, () -> digits.toQuery(createSearchExecutionContext()));
    assertThat(e.getMessage(), containsString("must be [16] hexadecimal characters"));
    assertThat(
        expectThrows(
                ParsingException.class,
                () ->
                    parseQuery("{\"hamming\":{\"field\":\"f\",\"text\":\"t\",\"format\":\"hex\"}}"))
            .getMessage(),
        containsString("[format] says how a [code] is written, got it with [text]"));
  }

  private void assertParsed(String json, HammingQueryBuilder expected) throws IOException {
    QueryBuilder parsed = parseQuery(json.replace('\'', '"'));
    assertThat(parsed, equalTo(expected));
    assertThat(parseQuery(Strings.toString(parsed)), equalTo(expected));
  }

  public void testExactlyOneTarget() {
    Map<String, String> targets =
        Map.of("text", "'t'", "like", "{'_index':'i','_id':'1'}", "code", "'00'");
    String[] names = {"text", "like", "code"};
    for (int chosen = 0; chosen < 8; chosen++) {
      List<String> given = new ArrayList<>();
      StringBuilder json = new StringBuilder("{'hamming':{'field':'f'");
      for (int i = 0; i < names.length; i++) {
        if ((chosen & 1 << i) != 0) {
          given.add(names[i]);
          json.append(",'").append(names[i]).append("':").append(targets.get(names[i]));
        }
      }
      if (given.size() != 1) {
        assertThat(
            refusal(json + "}}"),
            equalTo("[hamming] must have exactly one of [text], [like] and [code], got " + given));
      }
    }
  }

  public void testNegativeMaxDistance() {
    assertThat(
        refusal("{'hamming':{'field':'f','code':'00','max_distance':-1}}"),
        equalTo(
            "[max_distance] must be between [0] and the number of bits of the field, got [-1]"));
  }

  public void testKOutOfRange() {
    for (int k : new int[] {Integer.MIN_VALUE, 0, 10_001}) {
      assertThat(
          refusal("{'hamming':{'field':'f','code':'00','k':" + k + "}}"),
          equalTo("[k] must be between [1] and [10000], got [" + k + "]"));
    }
  }

  public void testModelMustBeAnId() {
    assertThat(
        refusal("{'hamming':{'field':'f','text':'t','model':'../etc'}}"),
        containsString("got [../etc]"));
  }

  private String refusal(String json) {
    ParsingException e =
        expectThrows(ParsingException.class, () -> parseQuery(json.replace('\'', '"')));
    assertThat(e.status().getStatus(), equalTo(400));
    return e.getMessage();
  }

  public void testFieldIsRequired() {
    Exception e =
        expectThrows(
            IllegalArgumentException.class, () -> parseQuery("{\"hamming\":{\"code\":\"00\"}}"));
    assertThat(e.getMessage(), containsString("[field]"));
  }

  public void testLikeNeedsIndexAndId() {
    for (String like : new String[] {"{\"_index\":\"i\"}", "{\"_id\":\"1\"}", "{}"}) {
      expectThrows(
          Exception.class,
          () -> parseQuery("{\"hamming\":{\"field\":\"f\",\"like\":" + like + "}}"));
    }
    for (String[] like : new String[][] {{"", "1"}, {"i", ""}}) {
      String document = "{\"_index\":\"" + like[0] + "\",\"_id\":\"" + like[1] + "\"}";
      Exception e =
          expectThrows(
              Exception.class,
              () -> parseQuery("{\"hamming\":{\"field\":\"f\",\"like\":" + document + "}}"));
      assertThat(
          ExceptionsHelper.stackTrace(e),
          containsString(
              "[like] must name a document, got [_index] ["
                  + like[0]
                  + "] and [_id] ["
                  + like[1]
                  + "]"));
    }
    expectThrows(
        XContentParseException.class,
        () -> parseQuery("{\"hamming\":{\"field\":\"f\",\"like\":\"42\"}}"));
  }

  /** As the queries of Elasticsearch do, whatever is searched for. */
  public void testAnUnmappedFieldMatchesNothing() throws IOException {
    for (QuerySource target :
        List.of(
            QuerySource.code("00"), QuerySource.text("word01"), QuerySource.like(randomLike()))) {
      for (Integer k : new Integer[] {null, 5}) {
        HammingQueryBuilder query = query("nix", target, null, 3, k);
        SearchExecutionContext context = createSearchExecutionContext();
        assertThat(query.rewrite(context), instanceOf(MatchNoneQueryBuilder.class));
        assertThat(query.toQuery(context), instanceOf(MatchNoDocsQuery.class));
      }
    }
  }

  public void testFieldOfAnotherType() {
    assertThat(
        shardRefusal(query(TEXT_FIELD_NAME, QuerySource.code("00"), null, null)),
        equalTo(
            "[hamming] needs a field of type [hash_code] or [binary], field [mapped_string] is of type [text]"));
  }

  public void testABinaryFieldNeedsDocValues() {
    assertThat(
        shardRefusal(query("bytes_on_disk", QuerySource.code("00"), null, null)),
        equalTo(
            "field [bytes_on_disk] of type [binary] must have [doc_values] [true] to be searched by"
                + " [hamming], got [false]"));
  }

  public void testABinaryFieldTakesTheWidthOfTheCode() {
    assertThat(
        shardRefusal(query(BINARY_FIELD, QuerySource.code("0123"), null, 17)),
        equalTo(
            "[max_distance] must be between [0] and the number of bits of field"
                + " [code_of_no_width], [16], got [17]"));
    assertThat(
        shardRefusal(query(BINARY_FIELD, QuerySource.code("not a code"), null, null)),
        equalTo(
            "[code] must fit field [code_of_no_width]: a code must be hexadecimal or base64"
                + " with its padding, got [not a code]; [format] names other forms"));
    assertThat(
        shardRefusal(query(BINARY_FIELD, QuerySource.code(""), null, null)),
        containsString("[bits] must be between [4] and [4096], got [0]"));
  }

  public void testWrongCodeLengthNamesBothLengths() {
    String reason = shardRefusal(query(FIELD, QuerySource.code("0123456789abcdef01"), null, null));
    assertThat(reason, containsString("[code] must fit field [code_of_text] of [60] bits"));
    assertThat(reason, containsString("[16]"));
    assertThat(reason, containsString("got [18] characters"));
  }

  public void testMaxDistanceAboveBits() {
    assertThat(
        shardRefusal(query(FIELD, QuerySource.code("0123456789abcde0"), null, 61)),
        equalTo(
            "[max_distance] must be between [0] and the number of bits of field [code_of_text],"
                + " [60], got [61]"));
  }

  public void testCodeOfAnotherModel() {
    assertThat(
        shardRefusal(query(FIELD, QuerySource.code("0123456789abcde0"), "sport", null)),
        equalTo(
            "field [code_of_text] has codes of model [news], which cannot be compared with a code"
                + " of model [sport]"));
  }

  /** Where nobody waits, as in the filter of an alias, only a code can be searched for. */
  @Override
  public void testMustRewrite() {
    LikeDocument like = new LikeDocument("index", "1", null);
    for (QuerySource target : List.of(QuerySource.text("word01"), QuerySource.like(like))) {
      assertThat(
          shardRefusal(query(FIELD, target, null, null)),
          equalTo(
              "[hamming] cannot turn "
                  + target.given()
                  + " into a code here; give the [code], or the [model] of a [text] for another"
                  + " cluster or a field of type [binary]"));
    }
  }

  private String shardRefusal(HammingQueryBuilder query) {
    SearchExecutionContext context = createSearchExecutionContext();
    return expectThrows(
            IllegalArgumentException.class, () -> query.rewrite(context).toQuery(context))
        .getMessage();
  }

  public void testOnlyTheCodeGoesToTheShards() throws IOException {
    HammingQueryBuilder query = query(FIELD, QuerySource.text("word01 word02"), "news", 9);
    query.boost(3).queryName("name");
    HammingQueryBuilder rewritten =
        (HammingQueryBuilder) rewriteAndFetch(query, createQueryRewriteContext());
    HammingQueryBuilder expected =
        query(FIELD, QuerySource.hex(stamped("word01 word02")), "news", 9);
    assertThat(rewritten, equalTo(expected.boost(3).queryName("name")));
  }

  private static String stamped(String text) {
    return hasher.hash(text).code().toHex() + "@" + digest;
  }

  /** The digest goes with the code, through the rewrite and over the wire. */
  public void testLikeBringsTheDigestOfItsField() throws IOException {
    String hex = randomCode().toHex();
    for (String index : new String[] {"bound-x", "index-x"}) {
      QueryBuilder like =
          query(FIELD, QuerySource.like(new LikeDocument(index, hex, null)), null, 9);
      HammingQueryBuilder rewritten =
          (HammingQueryBuilder) rewriteAndFetch(like, createQueryRewriteContext());
      String expected = index.equals("bound-x") ? hex + "@" + digest : hex;
      assertThat(rewritten.source(), equalTo(QuerySource.hex(expected)));
    }
  }

  public void testCodesOfAnotherDigestAreRefused() throws IOException {
    String hex = randomCode().toHex();
    LikeDocument like = new LikeDocument(OF_ANOTHER_MODEL, hex, null);
    List<QuerySource> targets =
        List.of(
            QuerySource.code(hex + "@" + OTHER_DIGEST),
            QuerySource.code(hex + "@" + OTHER_DIGEST + ":" + OTHER_DIGEST),
            QuerySource.like(like));
    for (QuerySource target : targets) {
      for (String field : new String[] {FIELD, "alias_of_code"}) {
        QueryBuilder rewritten =
            rewriteAndFetch(query(field, target, null, 9), createQueryRewriteContext());
        assertThat(
            shardRefusal(copyQuery((HammingQueryBuilder) rewritten)),
            equalTo(
                "field ["
                    + field
                    + "] of index ["
                    + getIndex().getName()
                    + "] has codes of model [news] with digest ["
                    + digest
                    + "], which cannot be compared with a code of model digest ["
                    + OTHER_DIGEST
                    + "]; name the [model] of digest ["
                    + digest
                    + "], or hash the documents again with [semantic-hash rehash]"));
      }
    }
  }

  /** A field that is bound to none takes every code. */
  public void testFieldsWithoutDigestTakeEveryCode() throws IOException {
    for (String field : new String[] {PLAIN_FIELD, BINARY_FIELD}) {
      SearchExecutionContext context = createSearchExecutionContext();
      String hex = randomCode().toHex();
      Query stamped =
          query(field, QuerySource.code(hex + "@" + OTHER_DIGEST), null, 9).toQuery(context);
      assertThat(stamped, equalTo(query(field, QuerySource.code(hex), null, 9).toQuery(context)));
    }
  }

  public void testPendingQueriesAreNotSent() throws IOException {
    QueryRewriteContext context = createQueryRewriteContext();
    QueryBuilder pending = query(FIELD, QuerySource.text("word01"), "news", null).rewrite(context);
    expectThrows(IllegalStateException.class, () -> pending.writeTo(new BytesStreamOutput()));
  }

  /** A node that does not know what the query says must not answer as if it was not said. */
  public void testQueriesOfTooNewAPluginAreRefused() throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      out.writeFloat(1f);
      out.writeOptionalString(null);
      out.writeVInt(Frame.VERSION + 1);
      out.writeVInt(Frame.VERSION + 1);
      out.writeByteArray(new byte[3]);
      IllegalArgumentException e =
          expectThrows(
              IllegalArgumentException.class,
              () -> new HammingQueryBuilder(out.bytes().streamInput(), services()));
      assertThat(e.getMessage(), containsString("[hamming] comes from a node whose plugin"));
    }
  }

  public void testTextWithoutKnownTermWarns() throws IOException {
    QueryBuilder query = query(FIELD, QuerySource.text("nothing known"), "news", null);
    HammingQueryBuilder rewritten =
        (HammingQueryBuilder) rewriteAndFetch(query, createQueryRewriteContext());
    String empty = hasher.hash("").code().toHex();
    assertThat(rewritten.source(), equalTo(QuerySource.hex(stamped(""))));
    copyQuery(rewritten).toQuery(createSearchExecutionContext());
    assertWarnings(
        "[hamming] the text for field [code_of_text] has no term that model [news] knows;"
            + " searching for the model's code of the empty text ["
            + empty
            + "]");
  }

  public void testModelOfAnotherWidth() {
    HammingQueryBuilder query = query(PLAIN_FIELD, QuerySource.text("word01"), "wide", null);
    SearchExecutionContext context = createSearchExecutionContext();
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class,
            () ->
                rewriteQuery(
                        query, createQueryRewriteContext(), new SearchExecutionContext(context))
                    .toQuery(context));
    assertThat(e.getMessage(), containsString("of [60] bits"));
    assertThat(e.getMessage(), containsString("got [32] characters, [128] bits in hexadecimal"));
  }

  public void testEqualityByValue() {
    HammingQueryBuilder query = query("f", QuerySource.code("00"), "m", 1);
    assertThat(query("f", QuerySource.code("00"), "m", 1), equalTo(query));
    List<HammingQueryBuilder> others =
        List.of(
            query("g", QuerySource.code("00"), "m", 1),
            query("f", QuerySource.code("01"), "m", 1),
            query("f", QuerySource.text("00"), "m", 1),
            query("f", QuerySource.code("00"), null, 1),
            query("f", QuerySource.code("00"), "m", 2),
            query("f", QuerySource.code("00"), "m", null));
    for (HammingQueryBuilder other : others) {
      assertFalse(other.toString(), query.equals(other));
    }
  }
}
