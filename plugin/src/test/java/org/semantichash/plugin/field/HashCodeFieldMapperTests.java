// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.index.mapper.DocumentMapper;
import org.elasticsearch.index.mapper.DocumentParsingException;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.MapperParsingException;
import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.mapper.ParsedDocument;
import org.elasticsearch.nativeaccess.NativeAccess;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.search.DocValueFormat;
import org.elasticsearch.search.MultiValueMode;
import org.elasticsearch.xcontent.XContentBuilder;
import org.junit.AssumptionViolatedException;
import org.junit.Before;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.index.ChunkTerms;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.server.FieldTypeTestCase;
import org.semantichash.plugin.server.ServerTests;

public class HashCodeFieldMapperTests extends FieldTypeTestCase {

  private static final int BITS = 60;
  private static final String CODE = "0123456789abcde0";

  /** The harness writes these tests' documents with zstd, whatever codec a test asks for. */
  private static final Set<String> NATIVE = Set.of("testFetch", "testIndexTimeFieldData");

  @Before
  public void skipWithoutNativeLibraries() {
    assumeTrue(
        "needs Elasticsearch's native libraries, see the profile in the module's pom.xml",
        NATIVE.contains(getTestName()) == false || NativeAccess.instance().getZstd() != null);
  }

  @Override
  protected Collection<? extends Plugin> getPlugins() {
    return List.of(new SemanticHashPlugin(Settings.EMPTY));
  }

  @Override
  protected void minimalMapping(XContentBuilder builder) throws IOException {
    builder.field("type", "hash_code").field("bits", BITS);
  }

  @Override
  protected Object getSampleValueForDocument() {
    return CODE;
  }

  @Override
  protected Object generateRandomInputValue(MappedFieldType type) {
    return randomCode(BITS).toHex();
  }

  private static BinaryCode randomCode(int bits) {
    byte[] bytes = randomByteArrayOfLength(BinaryCode.byteLength(bits));
    bytes[bytes.length - 1] &= (byte) (0xff << (bytes.length * 8 - bits));
    return BinaryCode.of(bytes, bits);
  }

  @Override
  protected void registerParameters(ParameterChecker checker) throws IOException {
    checker.registerConflictCheck(
        "bits",
        fieldMapping(this::minimalMapping),
        fieldMapping(b -> b.field("type", "hash_code").field("bits", 128)));
    // That it can be added and not changed: testAModelCanBeAddedLater.
    registerUpdate(
        checker,
        "model",
        b -> b.field("model", "news"),
        m ->
            assertThat(
                ((HashCodeFieldMapper) m).fieldType().model().orElseThrow().value(),
                equalTo("news")));
    checker.registerConflictCheck("format", b -> b.field("format", "base64"));
    // That it is set once only, with the reason: ModelBindingTests.
    registerUpdate(
        checker,
        "digest",
        b -> b.field("digest", "0123456789abcdef"),
        m ->
            assertThat(
                ((HashCodeFieldMapper) m).fieldType().digest().orElseThrow(),
                equalTo("0123456789abcdef")));
    checker.registerConflictCheck("multi_index_hashing", b -> b.field("multi_index_hashing", true));
    // Refused in every mapping and not only in an update: testDocValuesAreAlwaysOn.
    registerFixed(checker, "doc_values");
  }

  @Override
  protected boolean supportsIgnoreMalformed() {
    return false;
  }

  @Override
  protected boolean supportsStoredFields() {
    return false;
  }

  @Override
  protected void assertFetchMany(
      MapperService service, String field, Object value, String format, int count) {
    assumeFalse("a document has one code at most", true);
  }

  @Override
  protected IngestScriptSupport ingestScriptSupport() {
    throw new AssumptionViolatedException("codes do not come from scripts");
  }

  @Override
  protected SyntheticSourceSupport syntheticSourceSupport(boolean ignoreMalformed) {
    int bits = between(BinaryCode.MIN_BITS, 300);
    return new OneValueSupport() {
      @Override
      public SyntheticSourceExample example(int maxValues) {
        BinaryCode code = randomCode(bits);
        String input =
            (randomBoolean() || code.toBase64().endsWith("=") == false
                    ? code.toHex()
                    : code.toBase64())
                + randomFrom("", "@0123456789abcdef", "@0123456789abcdef:fedcba9876543210");
        String stamp = input.contains("@") ? input.substring(input.indexOf('@')) : "";
        return new SyntheticSourceExample(
            input,
            code.toHex() + stamp,
            b ->
                b.field("type", "hash_code")
                    .field("bits", bits)
                    .field("digest", "0123456789abcdef"));
      }

      @Override
      public List<SyntheticSourceInvalidExample> invalidExample() {
        return List.of();
      }
    };
  }

  public void testEveryTextOfACodeIsStoredAlike() throws IOException {
    for (int bits : new int[] {4, 5, 7, 8, 9, 60, 64, 65, 128, 4095, 4096}) {
      DocumentMapper mapper = mapper(bits);
      BinaryCode code = randomCode(bits);
      String upperHex = code.toHex().toUpperCase(Locale.ROOT);
      String url = Base64.getUrlEncoder().encodeToString(code.toBytes());
      Object list = CodeForm.BYTES.value(code);
      // Without padding it must be named: testNamedForms.
      String base64 = url.endsWith("=") ? url : code.toHex();
      String standard = url.endsWith("=") ? code.toBase64() : code.toHex();
      for (Object value : List.of(code.toHex(), upperHex, standard, base64, list)) {
        assertThat(stored(mapper, value), equalTo(new BytesRef(code.toBytes())));
      }
    }
  }

  /** Each form that a mapping can name, and what it is shown as and put back as. */
  public void testNamedForms() throws IOException {
    for (CodeForm form : CodeForm.values()) {
      int bits = form == CodeForm.LONG ? 64 : between(BinaryCode.MIN_BITS, 300);
      BinaryCode code = randomCode(bits);
      MapperService service =
          createMapperService(
              fieldMapping(
                  b ->
                      b.field("type", "hash_code").field("bits", bits).field("format", form.id())));
      BytesRef bytes = new BytesRef(code.toBytes());
      DocumentMapper mapper = service.documentMapper();
      assertThat(form.id(), stored(mapper, form.value(code)), equalTo(bytes));
      if (form != CodeForm.BYTES) {
        assertThat(form.id(), stored(mapper, form.text(code)), equalTo(bytes));
      }
      String stamped = code.toHex() + "@0123456789abcdef";
      MapperService bound =
          createMapperService(
              fieldMapping(
                  b ->
                      b.field("type", "hash_code")
                          .field("bits", bits)
                          .field("format", form.id())
                          .field("digest", "0123456789abcdef")));
      assertThat(form.id(), stored(bound.documentMapper(), stamped), equalTo(bytes));
      DocValueFormat shown = service.fieldType("field").docValueFormat(null, null);
      assertThat(form.id(), shown.parseBytesRef(shown.format(bytes)), equalTo(bytes));
      if (form != CodeForm.BASE64) {
        assertThat(form.id(), shown.format(bytes), equalTo(form.value(code)));
      }
    }
  }

  /** A list of digits could be meant as the bits, and is read as bytes only where they are. */
  public void testBytesAreNotReadWhereTheFormatIsAnother() throws IOException {
    for (CodeForm form : List.of(CodeForm.BITS, CodeForm.HEX, CodeForm.BASE64)) {
      DocumentMapper mapper =
          createDocumentMapper(
              fieldMapping(
                  b -> b.field("type", "hash_code").field("bits", 16).field("format", form.id())));
      var refused =
          expectThrows(
              DocumentParsingException.class,
              () -> mapper.parse(source(b -> b.array("field", 0, 1))));
      assertThat(
          refused.getCause().getMessage(),
          equalTo(
              "field [field] of type [hash_code] must be "
                  + CodeForm.requirement(form, 16)
                  + ", got [0]"));
    }
  }

  public void testWhatCouldBeTwoThingsIsRefused() throws IOException {
    String must =
        "a code of [64] bits must be [16] hexadecimal characters, [12] base64 characters with their"
            + " padding or a list of [8] signed bytes, got ";
    assertThat(
        refusal(64, b -> b.field("field", "12345678901")),
        equalTo(
            must
                + "[11] characters: [12345678901]; [format] must say so where it is meant as [base64, long]"));
    assertThat(
        refusal(64, b -> b.field("field", "-1234567890123456789")),
        equalTo(
            must
                + "[20] characters: [-1234567890123456789]; [format] must say so where it is meant as"
                + " [long]"));
    String bits = "01".repeat(32);
    assertThat(
        refusal(64, b -> b.field("field", bits)),
        equalTo(
            must
                + "[64] characters, [256] bits in hexadecimal: ["
                + bits
                + "]; [format] must say so where it is meant as [bits]"));
    assertThat(
        refusal(12, b -> b.field("field", "fff")),
        containsString("[format] must say so where it is meant as [base64]"));
    assertThat(
        refusal(48, b -> b.field("field", "deadbeef")),
        equalTo(
            "a code of [48] bits must be [12] hexadecimal characters or a list of [6] signed bytes,"
                + " got [8] characters, [32] bits in hexadecimal: [deadbeef]; [format] must say so where it is meant as [base64]"));
    assertThat(
        refusal(64, b -> b.array("field", 1, 2, 3, 4, 5, 6, 7, 128)),
        containsString("[1, 2, 3, 4, 5, 6, 7, 128]"));
    assertThat(
        refusal(64, b -> b.array("field", 1, 2, 3)),
        equalTo(
            "a code of [64] bits must be a list of [8] signed bytes, got a list of [3]: [[1, 2, 3]]"));
    assertThat(
        mappingRefusal(b -> b.field("type", "hash_code").field("bits", 32).field("format", "long")),
        containsString("[format] can be [long] only with [bits] [64], got [32]"));
    assertThat(
        mappingRefusal(b -> b.field("type", "hash_code").field("bits", 32).field("format", "md5")),
        containsString("[format] must be one of [hex, base64, bits, long, bytes], got [md5]"));
  }

  /** One code has one text of a form, and a text is no list. */
  public void testRefusedTextsOfNamedForms() throws IOException {
    String[][] refused = {
      {"long", "+5"},
      {"long", "007"},
      {"long", "-0"},
      {"long", "\u0665"},
      {"long", "5 "},
      {"bytes", "[0, 0, 0, 0, 0, 0, 0, 5]"},
      {"bytes", "0000000000000005"},
      {"base64", "AAAAAAAAAAB"},
      {"base64", "AAAAAAAAAAB="}
    };
    for (String[] each : refused) {
      DocumentMapper mapper =
          createDocumentMapper(
              fieldMapping(
                  b -> b.field("type", "hash_code").field("bits", 64).field("format", each[0])));
      var e =
          expectThrows(
              DocumentParsingException.class,
              () -> mapper.parse(source(b -> b.field("field", each[1]))));
      assertThat(e.getCause().getMessage(), containsString("[" + each[1] + "]"));
    }
    assertThat(
        refusal(64, b -> b.field("field", "AAAAAAAAAAB=")),
        containsString("[12] base64 characters"));
  }

  /**
   * What a code has in Lucene beside it can be named by nobody, so that who hides it hides that.
   */
  public void testOriginsAreNoFields() throws IOException {
    MapperService service = createMapperService(fieldMapping(this::minimalMapping));
    for (String hidden : List.of("field..origin", "field..text")) {
      assertThat(service.fieldType(hidden), nullValue());
      for (String kind : List.of("properties", "runtime")) {
        for (boolean subobjects : new boolean[] {true, false}) {
          XContentBuilder mapping =
              topMapping(
                  b -> {
                    b.field("subobjects", subobjects).startObject("properties");
                    b.startObject("field").field("type", "hash_code").field("bits", 64).endObject();
                    if (kind.equals("runtime")) {
                      b.endObject().startObject("runtime");
                    }
                    b.startObject(hidden).field("type", "long").endObject().endObject();
                  });
          String way = hidden + " in " + kind + ", subobjects " + subobjects;
          expectThrows(Exception.class, way, () -> createMapperService(mapping));
        }
      }
    }
  }

  public void testAModelCanBeAddedLater() throws IOException {
    MapperService service = createMapperService(fieldMapping(this::minimalMapping));
    CheckedConsumer<XContentBuilder, IOException> news =
        b -> {
          minimalMapping(b);
          b.field("model", "news");
        };
    merge(service, fieldMapping(news));
    merge(service, fieldMapping(news));
    HashCodeFieldType type = (HashCodeFieldType) service.fieldType("field");
    assertThat(type.model().orElseThrow().value(), equalTo("news"));
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class,
            () ->
                merge(
                    service,
                    fieldMapping(
                        b -> {
                          minimalMapping(b);
                          b.field("model", "other");
                        })));
    assertThat(e.getMessage(), containsString("Cannot update parameter [model]"));
  }

  public void testChunksAreIndexedWhereTheMappingSaysSo() throws IOException {
    BinaryCode code = randomCode(64);
    DocumentMapper mapper =
        createDocumentMapper(
            fieldMapping(
                b ->
                    b.field("type", "hash_code")
                        .field("bits", 64)
                        .field("multi_index_hashing", true)));
    var terms =
        mapper.parse(source(b -> b.field("field", code.toHex()))).rootDoc().getFields().stream()
            .filter(f -> f.name().equals(ChunkTerms.fieldName("field")))
            .map(IndexableField::binaryValue)
            .toList();
    var expected =
        ChunkTerms.fields("field", code).stream().map(IndexableField::binaryValue).toList();
    assertThat(terms, equalTo(expected));
    assertThat(terms.size(), equalTo(4));
    ParsedDocument plain = mapper(64).parse(source(b -> b.field("field", code.toHex())));
    assertThat(plain.rootDoc().getFields(ChunkTerms.fieldName("field")), empty());
  }

  private DocumentMapper mapper(int bits) throws IOException {
    return createDocumentMapper(
        fieldMapping(b -> b.field("type", "hash_code").field("bits", bits)));
  }

  private BytesRef stored(DocumentMapper mapper, Object value) throws IOException {
    ParsedDocument document = mapper.parse(source(b -> b.field("field", value)));
    List<IndexableField> fields = document.rootDoc().getFields("field");
    assertThat(fields.size(), equalTo(1));
    return fields.get(0).binaryValue();
  }

  public void testNullIsSkipped() throws IOException {
    ParsedDocument document = mapper(64).parse(source(b -> b.nullField("field")));
    assertThat(document.rootDoc().getFields("field"), equalTo(List.of()));
  }

  public void testOneValueInAnArray() throws IOException {
    ParsedDocument document =
        mapper(BITS).parse(source(b -> b.array("field", new String[] {CODE})));
    assertThat(
        document.rootDoc().getBinaryValue("field"),
        equalTo(new BytesRef(HexFormat.of().parseHex(CODE))));
  }

  public void testWrongLengthNamesBothLengths() throws IOException {
    String reason = refusal(64, b -> b.field("field", "0123456789abcdef01"));
    assertThat(reason, containsString("[16]"));
    assertThat(reason, containsString("[18]"));
    assertThat(reason, containsString("[64]"));
    assertThat(refusal(64, b -> b.field("field", "")), containsString("[0]"));
  }

  public void testNoCode() throws IOException {
    assertThat(
        refusal(64, b -> b.field("field", "0123456789abcdeg")), containsString("0123456789abcdeg"));
  }

  public void testPaddingMustBeZero() throws IOException {
    assertThat(refusal(BITS, b -> b.field("field", "0123456789abcdef")), containsString("padding"));
  }

  public void testOtherTypesAreRefused() throws IOException {
    String must =
        "field [field] of type [hash_code] must be [16] hexadecimal characters, [12] base64"
            + " characters with their padding or a list of [8] signed bytes, got ";
    assertThat(
        refusal(64, b -> b.field("field", 1234567812345678L)),
        equalTo(must + "[1234567812345678]; [format] must be [long] where numbers are codes"));
    assertThat(refusal(64, b -> b.field("field", true)), equalTo(must + "[true]"));
    assertThat(
        refusal(64, b -> b.startObject("field").field("code", CODE).endObject()),
        equalTo(must + "an object"));
  }

  public void testSecondValueIsRefused() throws IOException {
    assertThat(
        refusal(BITS, b -> b.array("field", CODE, CODE)),
        equalTo(
            "field [field] of type [hash_code] must have one value in a document, got a second"
                + " one [0123456789abcde0]; a document has several codes in objects of type [nested], one"
                + " in each"));
  }

  private String refusal(int bits, CheckedConsumer<XContentBuilder, IOException> document)
      throws IOException {
    DocumentMapper mapper = mapper(bits);
    DocumentParsingException e =
        expectThrows(DocumentParsingException.class, () -> mapper.parse(source(document)));
    assertThat(e.getMessage(), containsString("failed to parse field [field]"));
    assertThat(e.status().getStatus(), equalTo(400));
    return e.getCause().getMessage();
  }

  public void testBitsAreRequired() {
    assertThat(
        mappingRefusal(b -> b.field("type", "hash_code")),
        containsString("[bits] is required for a field of type [hash_code]"));
  }

  public void testBitsOutOfRange() {
    for (int bits : new int[] {-1, 3, 4097}) {
      assertThat(
          mappingRefusal(b -> b.field("type", "hash_code").field("bits", bits)),
          containsString("[bits] must be between [4] and [4096], got [" + bits + "]"));
    }
  }

  public void testBitsThatAreNoWholeNumber() {
    for (Object bits : new Object[] {"x", 64.5, List.of(64), Long.MAX_VALUE, true}) {
      assertThat(
          mappingRefusal(b -> b.field("type", "hash_code").field("bits", bits)),
          containsString("[bits] must be a whole number, got [" + bits + "]"));
    }
  }

  /** A query refuses it too. */
  public void testAListOfBytesHasOnlyNumbers() throws IOException {
    DocumentMapper mapper =
        createDocumentMapper(fieldMapping(b -> b.field("type", "hash_code").field("bits", 16)));
    for (Object byteThatIsNone : new Object[] {"1", null, true, List.of(1)}) {
      Exception e =
          expectThrows(
              DocumentParsingException.class,
              () -> mapper.parse(source(b -> b.array("field", 0, byteThatIsNone))));
      assertThat(
          e.getCause().getMessage(), containsString("field [field] of type [hash_code] must be"));
    }
  }

  public void testModelMustBeAnId() {
    assertThat(
        mappingRefusal(
            b -> b.field("type", "hash_code").field("bits", 64).field("model", "../news")),
        containsString("got [../news]"));
  }

  public void testDocValuesAreAlwaysOn() throws IOException {
    assertThat(
        mappingRefusal(
            b -> b.field("type", "hash_code").field("bits", 64).field("doc_values", false)),
        containsString("[doc_values] must be [true] for a field of type [hash_code], got [false]"));
    createDocumentMapper(
        fieldMapping(
            b -> b.field("type", "hash_code").field("bits", 64).field("doc_values", true)));
  }

  public void testUnknownParameter() {
    assertThat(
        mappingRefusal(b -> b.field("type", "hash_code").field("bits", 64).field("index", false)),
        containsString("unknown parameter [index] on mapper [field] of type [hash_code]"));
  }

  private String mappingRefusal(CheckedConsumer<XContentBuilder, IOException> field) {
    MapperParsingException e =
        expectThrows(MapperParsingException.class, () -> createDocumentMapper(fieldMapping(field)));
    assertThat(e.status().getStatus(), equalTo(400));
    return e.getMessage();
  }

  public void testMappingComesBackAsItWasPut() throws IOException {
    MapperService service =
        createMapperService(
            fieldMapping(b -> b.field("type", "hash_code").field("bits", 64).field("model", "a")));
    String mapping = service.documentMapper().mappingSource().string();
    assertThat(
        mapping,
        equalTo(
            "{\"_doc\":{\"properties\":{\"field\":"
                + "{\"type\":\"hash_code\",\"bits\":64,\"model\":\"a\"}}}}"));
    HashCodeFieldType type = (HashCodeFieldType) service.fieldType("field");
    assertThat(type.bits(), equalTo(64));
    assertThat(type.model().orElseThrow().value(), equalTo("a"));
  }

  public void testSortingIsRefused() throws IOException {
    MappedFieldType type =
        createMapperService(fieldMapping(this::minimalMapping)).fieldType("field");
    var data = type.fielddataBuilder(ServerTests.fieldData()).build(null, null);
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class,
            () -> data.sortField(null, MultiValueMode.MIN, null, false));
    assertThat(
        e.getMessage(),
        equalTo(
            "field [field] of type [hash_code] cannot be sorted by; a [hamming] query sorts by the"
                + " distance to a code"));
  }

  public void testTermQueriesAreRefused() throws IOException {
    MappedFieldType type =
        createMapperService(fieldMapping(this::minimalMapping)).fieldType("field");
    IllegalArgumentException e =
        expectThrows(IllegalArgumentException.class, () -> type.termQuery(CODE, null));
    assertThat(
        e.getMessage(),
        equalTo(
            "field [field] of type [hash_code] has no terms; use a [hamming] query, with"
                + " [max_distance] 0 for equal codes"));
  }

  /** A field that is bound says so in the values that ask for it, and everything else is bare. */
  public void testStampedFormat() throws IOException {
    BytesRef code = new BytesRef(HexFormat.of().parseHex(CODE));
    MappedFieldType unbound =
        createMapperService(fieldMapping(this::minimalMapping)).fieldType("field");
    assertThat(unbound.docValueFormat("stamped", null), sameInstance(DocValueFormat.BINARY));
    DocValueFormat bound =
        createMapperService(
                fieldMapping(
                    b -> {
                      minimalMapping(b);
                      b.field("digest", "0123456789abcdef");
                    }))
            .fieldType("field")
            .docValueFormat("stamped", null);
    String text = bound.format(code).toString();
    assertThat(text, equalTo("ASNFZ4mrzeA=@0123456789abcdef"));
    assertThat(bound.parseBytesRef(text), equalTo(code));
    assertThat(
        copyNamedWriteable(
            bound,
            new NamedWriteableRegistry(new SemanticHashPlugin(Settings.EMPTY).getNamedWriteables()),
            DocValueFormat.class),
        equalTo(bound));
  }

  public void testCodesAreShownInHexadecimalOrBase64() throws IOException {
    MappedFieldType type =
        createMapperService(fieldMapping(this::minimalMapping)).fieldType("field");
    assertThat(
        type.docValueFormat(null, null), equalTo(new CodeDocValueFormat(CodeForm.HEX, BITS)));
    assertThat(type.docValueFormat("base64", null), sameInstance(DocValueFormat.BINARY));
  }

  public void testOtherFormatsAreRefused() throws IOException {
    MappedFieldType type =
        createMapperService(fieldMapping(this::minimalMapping)).fieldType("field");
    IllegalArgumentException e =
        expectThrows(IllegalArgumentException.class, () -> type.docValueFormat("base32", null));
    assertThat(
        e.getMessage(),
        containsString("[format] must be one of [hex, base64, bits, long, bytes], got [base32]"));
  }

  /** The node warms up the fields that say so. */
  public void testWarmedUpWhenTheIndexWantsItsCodesEarly() throws IOException {
    for (String mode : new String[] {"lazy", "eager", "off"}) {
      Settings settings = Settings.builder().put("index.semantic_hash.columns", mode).build();
      MapperService service = createMapperService(settings, fieldMapping(this::minimalMapping));
      assertThat(service.fieldType("field").eagerGlobalOrdinals(), equalTo(mode.equals("eager")));
    }
  }

  public void testFormatsBothWays() throws IOException {
    for (CodeForm form : CodeForm.values()) {
      int bits = form == CodeForm.LONG ? 64 : between(BinaryCode.MIN_BITS, 300);
      BinaryCode code = randomCode(bits);
      BytesRef bytes = new BytesRef(code.toBytes());
      CodeDocValueFormat format = new CodeDocValueFormat(form, bits);
      assertThat(format.format(bytes), equalTo(form.value(code)));
      assertThat(format.parseBytesRef(format.format(bytes)), equalTo(bytes));
      assertThat(
          copyNamedWriteable(
              format,
              new NamedWriteableRegistry(
                  new SemanticHashPlugin(Settings.EMPTY).getNamedWriteables()),
              DocValueFormat.class),
          equalTo(format));
    }
  }
}
