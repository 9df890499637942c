// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.mapper;

import java.util.Map;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.FieldMapper.Conflicts;
import org.elasticsearch.index.mapper.FieldMapper.Parameter;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.index.mapper.MapperMergeContext;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.plugin.models.ModelId;

/** Builds the mapper of one field from its parameters. */
final class HashCodeFieldBuilder extends FieldMapper.Builder {

  private final Parameter<Integer> bits =
      Parameter.intParam("bits", false, mapper -> type(mapper).bits(), 0)
          .addValidator(HashCodeFieldBuilder::checkBits);
  private final Parameter<String> model =
      HashCodeFieldMapper.addable(
          Parameter.stringParam(
                  "model",
                  false,
                  mapper -> type(mapper).model().map(ModelId::value).orElse(null),
                  null)
              .acceptsNull()
              .addValidator(HashCodeFieldBuilder::checkModel));
  private final Parameter<String> digest =
      Parameter.stringParam("digest", true, mapper -> type(mapper).digest().orElse(null), null)
          .acceptsNull()
          .setSerializerCheck((includeDefaults, configured, value) -> value != null)
          .addValidator(ModelBinding::checkParameter);
  private final Parameter<String> format =
      Parameter.stringParam("format", false, mapper -> type(mapper).syntax().format(), null)
          .acceptsNull()
          .addValidator(this::checkFormat);
  private final Parameter<Boolean> multiIndexHashing =
      Parameter.boolParam("multi_index_hashing", false, mapper -> type(mapper).hasChunks(), false);
  private final Parameter<Boolean> docValues =
      Parameter.docValuesParam(mapper -> true, true)
          .addValidator(HashCodeFieldBuilder::checkDocValues);
  private final Parameter<Map<String, String>> meta = Parameter.metaParam();

  private final HashCodeFieldMapper.Place place;

  HashCodeFieldBuilder(String name, HashCodeFieldMapper.Place place) {
    super(name);
    this.place = place;
  }

  /** The digest that the field is bound to, or null. */
  String digest() {
    return digest.getValue();
  }

  /** Binds the field to a digest. */
  void bind(String stamp) {
    digest.setValue(stamp);
  }

  private static HashCodeFieldType type(FieldMapper mapper) {
    return ((HashCodeFieldMapper) mapper).fieldType();
  }

  private static void checkBits(int bits) {
    if (bits == 0) {
      throw new IllegalArgumentException(
          "[bits] is required for a field of type [" + HashCodeFieldMapper.CONTENT_TYPE + "]");
    }
    BinaryCode.byteLength(bits);
  }

  private static void checkModel(String model) {
    if (model != null) {
      new ModelId(model);
    }
  }

  private void checkFormat(String format) {
    if (format != null && CodeForm.of(format) == CodeForm.LONG && bits.getValue() != Long.SIZE) {
      throw new IllegalArgumentException(
          "[format] can be [long] only with [bits] [64], got [" + bits.getValue() + "]");
    }
  }

  /** An update keeps the digest: it may say nothing of it, but not another one. */
  @Override
  protected void mergeFromBuilder(
      FieldMapper.Builder incoming, Conflicts conflicts, MapperMergeContext context) {
    String bound = digest();
    String asked = ((HashCodeFieldBuilder) incoming).digest();
    super.mergeFromBuilder(incoming, conflicts, context);
    if (bound != null) {
      bind(bound);
      if (asked != null && asked.equals(bound) == false) {
        conflicts.addConflict("digest", ModelBinding.unchangeable(bound, asked));
      }
    }
  }

  private static void checkDocValues(boolean docValues) {
    if (docValues == false) {
      throw new IllegalArgumentException(
          "[doc_values] must be [true] for a field of type ["
              + HashCodeFieldMapper.CONTENT_TYPE
              + "], got [false]");
    }
  }

  @Override
  protected Parameter<?>[] getParameters() {
    return new Parameter<?>[] {bits, model, digest, format, multiIndexHashing, docValues, meta};
  }

  @Override
  public String contentType() {
    return HashCodeFieldMapper.CONTENT_TYPE;
  }

  @Override
  public HashCodeFieldMapper build(MapperBuilderContext context) {
    String modelId = model.getValue();
    String name = context.buildFullName(leafName());
    CodeForm form = format.getValue() == null ? null : CodeForm.of(format.getValue());
    HashCodeFieldType type =
        new HashCodeFieldType(
            name,
            new CodeSyntax(name, bits.getValue(), form),
            modelId == null ? null : new ModelId(modelId),
            digest.getValue(),
            multiIndexHashing.getValue(),
            place.eager(),
            meta.getValue());
    return new HashCodeFieldMapper(leafName(), type, builderParams(this, context), place);
  }
}
