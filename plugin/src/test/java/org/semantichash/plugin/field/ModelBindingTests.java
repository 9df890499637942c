// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.index.mapper.DocumentMapper;
import org.elasticsearch.index.mapper.DocumentParsingException;
import org.elasticsearch.index.mapper.MapperParsingException;
import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.mapper.ParsedDocument;
import org.elasticsearch.plugins.Plugin;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.server.DynamicMappingTestCase;

/** How a field gets its digest, and what it refuses then. */
public class ModelBindingTests extends DynamicMappingTestCase {

  private static final String CODE = "0123456789abcdef";
  private static final String OLD = "aaaaaaaaaaaaaaaa";
  private static final String NEW = "bbbbbbbbbbbbbbbb";
  private static final String HASH_CODE = "'type':'hash_code','bits':64";

  @Override
  protected Collection<? extends Plugin> getPlugins() {
    return List.of(new SemanticHashPlugin(Settings.EMPTY));
  }

  private MapperService service(String mapping) throws IOException {
    MapperService service = createMapperService(IndexVersion.current(), Settings.EMPTY, () -> true);
    merge(service, json(mapping));
    return service;
  }

  private static String json(String text) {
    return "{'_doc':{".concat(text).concat("}}").replace('\'', '"');
  }

  private static String field(String more) {
    return "'properties':{'code':{" + HASH_CODE + more + "}}";
  }

  private static ParsedDocument parse(MapperService service, String source) {
    return service.documentMapper().parse(source(source.replace('\'', '"')));
  }

  /** What an index does: the mapping first, then the document once more. */
  private static ParsedDocument index(MapperService service, String source) {
    ParsedDocument first = parse(service, source);
    if (first.dynamicMappingsUpdate() == null) {
      return first;
    }
    update(service, first);
    ParsedDocument second = parse(service, source);
    assertThat("bound once", second.dynamicMappingsUpdate(), nullValue());
    return second;
  }

  private static String document(String digest) {
    return "{'code':'" + CODE + (digest == null ? "" : "@" + digest) + "'}";
  }

  private static Optional<String> digest(MapperService service, String field) {
    return ((HashCodeFieldType) service.fieldType(field)).digest();
  }

  private static String refusal(MapperService service, String source) {
    DocumentParsingException e =
        expectThrows(DocumentParsingException.class, () -> parse(service, source));
    assertThat(e.status().getStatus(), equalTo(400));
    return e.getCause().getMessage();
  }

  public void testTheFirstStampedCodeBinds() throws IOException {
    MapperService service = service(field(""));
    assertThat(parse(service, document(null)).dynamicMappingsUpdate(), nullValue());
    ParsedDocument parsed = index(service, document(OLD));
    assertThat(
        parsed.rootDoc().getBinaryValue("code"),
        equalTo(new BytesRef(HexFormat.of().parseHex(CODE))));
    assertThat(digest(service, "code"), equalTo(Optional.of(OLD)));
    assertThat(
        service.documentMapper().mappingSource().string(),
        containsString("\"bits\":64,\"digest\":\"" + OLD + "\""));
    for (String more : new String[] {"", "@" + OLD, "@" + OLD + ":0123456789abcdef"}) {
      assertThat(
          parse(service, "{'code':'" + CODE + more + "'}").dynamicMappingsUpdate(), nullValue());
    }
  }

  public void testAnotherDigestIsRefused() throws IOException {
    String remedy =
        "codes of different models cannot be compared: write them to a new field or a new index,"
            + " which [semantic-hash rehash] fills";
    assertThat(
        refusal(service(field(",'model':'news','digest':'" + OLD + "'")), document(NEW)),
        equalTo(
            "field [code] of type [hash_code] has codes of model [news] with digest ["
                + OLD
                + "], got a code of model digest ["
                + NEW
                + "]; "
                + remedy));
    assertThat(
        refusal(service(field(",'digest':'" + OLD + "'")), document(NEW)),
        equalTo(
            "field [code] of type [hash_code] has codes of the model digest ["
                + OLD
                + "], got a code of model digest ["
                + NEW
                + "]; "
                + remedy));
  }

  /** As on two shards at once: the second update comes from a mapping that did not know of it. */
  public void testTheSecondOfTwoBindingsIsRefused() throws IOException {
    MapperService service = service(field(""));
    ParsedDocument first = parse(service, document(OLD));
    ParsedDocument second = parse(service, document(NEW));
    ParsedDocument third = parse(service, document(OLD));
    update(service, first);
    IllegalArgumentException e =
        expectThrows(IllegalArgumentException.class, () -> update(service, second));
    assertThat(
        e.getMessage(),
        containsString(
            "Conflict in parameter [digest]: the field has codes of model digest ["
                + OLD
                + "] and cannot be bound to ["
                + NEW
                + "]"));
    update(service, third);
    assertThat(digest(service, "code"), equalTo(Optional.of(OLD)));
  }

  public void testAMappingUpdateBindsOnceAndDoesNotUnbind() throws IOException {
    MapperService service = service(field(""));
    merge(service, json(field(",'digest':'" + OLD + "'")));
    assertThat(digest(service, "code"), equalTo(Optional.of(OLD)));
    for (String silent : new String[] {"", ",'digest':null"}) {
      merge(service, json(field(silent)));
      assertThat(digest(service, "code"), equalTo(Optional.of(OLD)));
    }
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class,
            () -> merge(service, json(field(",'digest':'" + NEW + "'"))));
    assertThat(e.getMessage(), containsString("[semantic-hash rehash]"));
    assertThat(digest(service, "code"), equalTo(Optional.of(OLD)));
  }

  public void testTheParameterMustBeADigest() {
    for (String digest : new String[] {"", "aaaaaaaaaaaaaaa", OLD.toUpperCase(Locale.ROOT)}) {
      MapperParsingException e =
          expectThrows(
              MapperParsingException.class, () -> service(field(",'digest':'" + digest + "'")));
      assertThat(
          e.getMessage(),
          containsString(
              "[digest] must be [16] lower-case hexadecimal digits, got [" + digest + "]"));
    }
  }

  public void testAStampMustBeADigest() throws IOException {
    assertThat(
        refusal(service(field("")), "{'code':'" + CODE + "@aaaa'}"),
        equalTo("[model digest] must be [16] lower-case hexadecimal digits, got [aaaa]"));
  }

  /** The field is there already, so it needs no leave to be added. */
  public void testNoDynamicMappingIsNeeded() throws IOException {
    for (String dynamic : new String[] {"true", "false", "strict", "runtime"}) {
      String mode = "'dynamic':'" + dynamic + "',";
      MapperService root = service(mode + field(""));
      index(root, document(OLD));
      assertThat(dynamic, digest(root, "code"), equalTo(Optional.of(OLD)));
      for (String type : new String[] {"object", "nested"}) {
        if (dynamic.equals("runtime") && type.equals("nested")) {
          continue; // Elasticsearch has no such mapping
        }
        MapperService inner =
            service(
                "'dynamic':'"
                    + dynamic
                    + "','properties':{'a':{'type':'"
                    + type
                    + "',"
                    + mode
                    + field("")
                    + "}}");
        index(inner, "{'a':" + document(OLD) + "}");
        assertThat(type + dynamic, digest(inner, "a.code"), equalTo(Optional.of(OLD)));
      }
    }
  }

  public void testFieldsWithDotsInTheirNames() throws IOException {
    MapperService service =
        service("'subobjects':false,'properties':{'a.code':{" + HASH_CODE + "}}");
    index(service, "{'a.code':'" + CODE + "@" + OLD + "'}");
    assertThat(digest(service, "a.code"), equalTo(Optional.of(OLD)));
  }

  public void testCopiesBindToo() throws IOException {
    MapperService service =
        service("'properties':{'a':{'type':'keyword','copy_to':'b.code'},'b':{" + field("") + "}}");
    index(service, "{'a':'" + CODE + "@" + OLD + "'}");
    assertThat(digest(service, "b.code"), equalTo(Optional.of(OLD)));
  }

  public void testNestedDocumentsOfOneDocument() throws IOException {
    MapperService service = service("'properties':{'a':{'type':'nested'," + field("") + "}}");
    assertThat(
        refusal(service, "{'a':[" + document(OLD) + "," + document(NEW) + "]}"),
        containsString("has codes of the model digest [" + OLD + "], got"));
    index(service, "{'a':[" + document(OLD) + "," + document(null) + "," + document(OLD) + "]}");
    assertThat(digest(service, "a.code"), equalTo(Optional.of(OLD)));
  }

  public void testAMultiFieldIsBoundByItsMappingOnly() throws IOException {
    String multi = "'properties':{'a':{'type':'keyword','fields':{'code':{" + HASH_CODE;
    MapperService service = service(multi + "}}}}");
    assertThat(
        refusal(service, "{'a':'" + CODE + "@" + OLD + "'}"),
        equalTo(
            "field [a.code] of type [hash_code] is a multi-field, which a document cannot bind to a"
                + " model; set its [digest] to ["
                + OLD
                + "] in the mapping, or index codes without digest"));
    assertThat(parse(service, "{'a':'" + CODE + "'}"), notNullValue());
    merge(service, json(multi + ",'digest':'" + OLD + "'}}}}"));
    assertThat(parse(service, "{'a':'" + CODE + "@" + OLD + "'}"), notNullValue());
    assertThat(
        refusal(service, "{'a':'" + CODE + "@" + NEW + "'}"), containsString("[" + NEW + "]"));
  }

  /** What was stamped comes back stamped, and what was bare bare: nobody else knows of which. */
  public void testSyntheticSourceKeepsTheStamp() throws IOException {
    Settings synthetic = Settings.builder().put("index.mapping.source.mode", "synthetic").build();
    DocumentMapper mapper =
        createMapperService(synthetic, json(field(",'digest':'" + OLD + "'"))).documentMapper();
    for (String stamp :
        new String[] {"", "@" + OLD, "@" + OLD + ":" + NEW, "@" + OLD + ":0000000000000001"}) {
      assertThat(
          syntheticSource(mapper, b -> b.field("code", CODE + stamp)),
          equalTo("{\"code\":\"" + CODE + stamp + "\"}"));
    }
  }
}
