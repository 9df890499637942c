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
package org.semantichash.plugin.mapper;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.mapper.BinaryDocValuesSyntheticFieldLoader;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.search.columns.ColumnSource;

/**
 * The field type {@code hash_code}.
 *
 * <p>Parameters, none of which can be changed later but {@code meta}: {@code bits} (required,
 * {@value BinaryCode#MIN_BITS} to {@value BinaryCode#MAX_BITS}), {@code model} (the model that
 * makes the codes: what {@code hamming} hashes a {@code text} with), {@code multi_index_hashing}
 * (false by default: whether the chunks of codes are indexed too, for small radii), {@code
 * doc_values} (always true), {@code meta}. A value is a string, hexadecimal or base64; null is
 * skipped; a document has at most one.
 */
public final class HashCodeFieldMapper extends FieldMapper {

  /** The name of the type in a mapping. */
  public static final String CONTENT_TYPE = "hash_code";

  private final EagerColumns eager;

  private HashCodeFieldMapper(
      String leafName, HashCodeFieldType type, BuilderParams params, EagerColumns eager) {
    super(leafName, type, params);
    this.eager = eager;
  }

  /**
   * Reads the type from mappings.
   *
   * @param columns where an index that wants its codes in memory before they are searched has them
   */
  public static TypeParser parser(ColumnSource columns) {
    return new TypeParser(
        (name, context) ->
            new Builder(name, new EagerColumns(columns, context.getIndexSettings())));
  }

  @Override
  public HashCodeFieldType fieldType() {
    return (HashCodeFieldType) super.fieldType();
  }

  @Override
  protected String contentType() {
    return CONTENT_TYPE;
  }

  @Override
  protected void parseCreateField(DocumentParserContext context) throws IOException {
    XContentParser parser = context.parser();
    if (parser.currentToken() == XContentParser.Token.VALUE_NULL) {
      return;
    }
    BinaryCode code = parse(parser);
    String name = fieldType().name();
    if (context.doc().getByKey(name) != null) {
      throw new IllegalArgumentException(
          "field ["
              + name
              + "] of type ["
              + CONTENT_TYPE
              + "] must have one value in a document, got a second one ["
              + code
              + "]");
    }
    context.doc().addWithKey(name, CodeDocValues.field(name, code));
    if (fieldType().hasChunks()) {
      context.doc().addAll(ChunkTerms.fields(name, code));
    }
  }

  private BinaryCode parse(XContentParser parser) throws IOException {
    if (parser.currentToken() != XContentParser.Token.VALUE_STRING) {
      throw new IllegalArgumentException(
          "field ["
              + fieldType().name()
              + "] of type ["
              + CONTENT_TYPE
              + "] must be a string of hexadecimal or base64, got a ["
              + parser.currentToken()
              + "]");
    }
    return BinaryCode.parse(parser.text(), fieldType().bits());
  }

  @Override
  public FieldMapper.Builder getMergeBuilder() {
    return new Builder(leafName(), eager).init(this);
  }

  @Override
  protected SyntheticSourceSupport syntheticSourceSupport() {
    return new SyntheticSourceSupport.Native(
        () ->
            new BinaryDocValuesSyntheticFieldLoader(fullPath()) {
              @Override
              protected void writeValue(XContentBuilder builder, BytesRef value)
                  throws IOException {
                builder.field(leafName(), HexDocValueFormat.INSTANCE.format(value));
              }
            });
  }

  /** Builds the mapper of one field from its parameters. */
  static final class Builder extends FieldMapper.Builder {

    private final Parameter<Integer> bits =
        Parameter.intParam("bits", false, mapper -> type(mapper).bits(), 0)
            .addValidator(Builder::checkBits);
    private final Parameter<String> model =
        Parameter.stringParam(
                "model",
                false,
                mapper -> type(mapper).model().map(ModelId::value).orElse(null),
                null)
            .acceptsNull()
            .addValidator(Builder::checkModel);
    private final Parameter<Boolean> multiIndexHashing =
        Parameter.boolParam(
            "multi_index_hashing", false, mapper -> type(mapper).hasChunks(), false);
    private final Parameter<Boolean> docValues =
        Parameter.docValuesParam(mapper -> true, true).addValidator(Builder::checkDocValues);
    private final Parameter<Map<String, String>> meta = Parameter.metaParam();

    private final EagerColumns eager;

    Builder(String name, EagerColumns eager) {
      super(name);
      this.eager = eager;
    }

    private static HashCodeFieldType type(FieldMapper mapper) {
      return ((HashCodeFieldMapper) mapper).fieldType();
    }

    private static void checkBits(int bits) {
      if (bits == 0) {
        throw new IllegalArgumentException(
            "[bits] is required for a field of type [" + CONTENT_TYPE + "]");
      }
      BinaryCode.byteLength(bits);
    }

    private static void checkModel(String model) {
      if (model != null) {
        new ModelId(model);
      }
    }

    private static void checkDocValues(boolean docValues) {
      if (docValues == false) {
        throw new IllegalArgumentException(
            "[doc_values] must be [true] for a field of type [" + CONTENT_TYPE + "], got [false]");
      }
    }

    @Override
    protected Parameter<?>[] getParameters() {
      return new Parameter<?>[] {bits, model, multiIndexHashing, docValues, meta};
    }

    @Override
    public String contentType() {
      return CONTENT_TYPE;
    }

    @Override
    public HashCodeFieldMapper build(MapperBuilderContext context) {
      String modelId = model.getValue();
      HashCodeFieldType type =
          new HashCodeFieldType(
              context.buildFullName(leafName()),
              bits.getValue(),
              modelId == null ? null : new ModelId(modelId),
              multiIndexHashing.getValue(),
              eager,
              meta.getValue());
      return new HashCodeFieldMapper(leafName(), type, builderParams(this, context), eager);
    }
  }
}
