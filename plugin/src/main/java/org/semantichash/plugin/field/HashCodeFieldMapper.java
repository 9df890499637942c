// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.FieldMapper.Conflicts;
import org.elasticsearch.index.mapper.FieldMapper.Parameter;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.index.mapper.MappingLookup;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.plugin.field.HashCodeFieldData.EagerColumns;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.SourceValues;
import org.semantichash.plugin.server.VectorFieldMapper;
import org.semantichash.search.columns.ColumnSource;

/**
 * The field type {@code hash_code}.
 *
 * <p>Parameters, none of which can be changed later but {@code meta}: {@code bits} (required,
 * {@value BinaryCode#MIN_BITS} to {@value BinaryCode#MAX_BITS}), {@code model} (the model that
 * makes the codes: what {@code hamming} hashes a {@code text} with), {@code digest} (the digest of
 * that model's file, null by default), {@code multi_index_hashing} (false by default: whether the
 * chunks of codes are indexed too, for small radii), {@code doc_values} (always true), {@code
 * meta}, {@code format} (how codes are written, as {@link CodeSyntax} reads them). {@code model}
 * can be added later where there is none. Null is skipped; a document has at most one value.
 *
 * <p>The first stamped code sets {@code digest} where the mapping does not, by an update of the
 * mapping that needs no dynamic mapping; from then on a code of another digest is refused. Codes
 * without a stamp are always taken.
 *
 * <p>A code is no part of the stored {@code _source} where {@code
 * index.mapping.exclude_source_vectors} leaves vectors out of it, and is put back as they are, see
 * {@link CodeSource}.
 */
public final class HashCodeFieldMapper extends VectorFieldMapper {

  /** The name of the type in a mapping. */
  public static final String CONTENT_TYPE = "hash_code";

  private final FieldContext place;

  HashCodeFieldMapper(
      String leafName, HashCodeFieldType type, BuilderParams params, FieldContext place) {
    super(leafName, type, params);
    this.place = place;
  }

  /**
   * What a field has of its place and not of its parameters.
   *
   * @param eager where the index has its codes in memory early
   * @param inMultiField whether the field is a multi-field of another
   * @param outOfSource whether the stored {@code _source} leaves vectors out
   */
  record FieldContext(EagerColumns eager, boolean inMultiField, boolean outOfSource) {}

  /**
   * Reads the type from mappings.
   *
   * @param columns where an index that wants its codes in memory before they are searched has them
   */
  public static TypeParser parser(ColumnSource columns) {
    return new TypeParser(
        (name, context) ->
            new HashCodeFieldBuilder(
                name,
                new FieldContext(
                    new EagerColumns(columns, context.getIndexSettings()),
                    context.isWithinMultiField(),
                    leavesVectorsOut(context.getIndexSettings()))));
  }

  /** A parameter that an update may add but not change. */
  static Parameter<String> addable(Parameter<String> parameter) {
    return parameter.setMergeValidator(
        (before, now, conflicts) -> before == null || before.equals(now));
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
  public boolean parsesArrayValue() {
    return true;
  }

  @Override
  protected void parseCreateField(DocumentParserContext context) throws IOException {
    for (StampedCode code : fieldType().syntax().read(context.parser())) {
      add(context, code);
    }
  }

  private void add(DocumentParserContext context, StampedCode stamped) {
    BinaryCode code = stamped.code();
    String name = fieldType().name();
    if (context.doc().getByKey(name) != null) {
      throw new IllegalArgumentException(
          format(
              "field [%s] of type [%s] must have one value in a document, got a second one"
                  + " [%s]; a document has several codes in objects of type [nested], one in each",
              name, CONTENT_TYPE, code));
    }
    if (stamped.modelDigest() != null) {
      bind(context, stamped.modelDigest());
    }
    assert code.bits() == fieldType().bits() : "the syntax has checked the width";
    context.doc().addWithKey(name, CodeDocValues.field(name, code));
    CodeSource.addOrigin(context.doc(), name, stamped, context.isWithinCopyTo());
    if (fieldType().hasChunks()) {
      context.doc().addAll(ChunkTerms.fields(name, code));
    }
  }

  /** Elasticsearch puts the new mapping in place and then parses the document once more. */
  private void bind(DocumentParserContext context, String stamp) {
    String bound = fieldType().digest().orElseGet(() -> boundByThisDocument(context));
    if (bound != null) {
      new ModelBinding(fullPath(), fieldType().model(), bound).check(stamp);
      return;
    }
    if (place.inMultiField()) {
      throw ModelBinding.inMultiField(fullPath(), stamp);
    }
    HashCodeFieldBuilder builder = getMergeBuilder();
    builder.bind(stamp);
    builder.updateMapping(context, fullPath());
  }

  /** Another of its nested documents may have come first. */
  private String boundByThisDocument(DocumentParserContext context) {
    FieldMapper.Builder earlier = VectorFieldBuilder.update(context, fullPath());
    return earlier == null ? null : ((HashCodeFieldBuilder) earlier).digest();
  }

  /** A user who may not see this field must not see through another what is kept beside it. */
  @Override
  protected void doValidate(MappingLookup mappers) {
    for (String hidden : CodeSource.hiddenNames(fullPath())) {
      if (mappers.getFieldType(hidden) != null) {
        throw new IllegalArgumentException(
            format(
                "field [%s] must have another name: field [%s] of type [%s] keeps the origin"
                    + " of its codes under it",
                hidden, fullPath(), CONTENT_TYPE));
      }
    }
  }

  @Override
  public HashCodeFieldBuilder getMergeBuilder() {
    return (HashCodeFieldBuilder) new HashCodeFieldBuilder(leafName(), place).init(this);
  }

  /** None for a multi-field: the value is the field's that it belongs to. */
  @Override
  protected SourceValues outOfSource() {
    return place.outOfSource() && place.inMultiField() == false ? source() : null;
  }

  @Override
  protected SyntheticSourceSupport syntheticSourceSupport() {
    return new SyntheticSourceSupport.Native(() -> source().synthetic());
  }

  private CodeSource source() {
    return new CodeSource(
        fullPath(), leafName(), fieldType().syntax(), fieldType().digest().orElse(null));
  }

  /** Builds the mapper of one field from its parameters. */
  static final class HashCodeFieldBuilder extends VectorFieldBuilder {

    private final Parameter<Integer> bits =
        new Parameter<>(
                "bits",
                false,
                () -> 0,
                (name, context, value) -> wholeNumber(value),
                mapper -> type(mapper).bits(),
                XContentBuilder::field,
                String::valueOf)
            .addValidator(HashCodeFieldBuilder::checkBits);
    private final Parameter<String> model =
        addable(
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
        Parameter.boolParam(
            "multi_index_hashing", false, mapper -> type(mapper).hasChunks(), false);
    private final Parameter<Boolean> docValues =
        Parameter.docValuesParam(mapper -> true, true)
            .addValidator(HashCodeFieldBuilder::checkDocValues);
    private final Parameter<Map<String, String>> meta = Parameter.metaParam();

    private final FieldContext place;

    HashCodeFieldBuilder(String name, FieldContext place) {
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

    private static int wholeNumber(Object bits) {
      try {
        return XContentMapValues.nodeIntegerValue(bits);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            format("[bits] must be a whole number, got [%s]", bits), e);
      }
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

    private void checkFormat(String format) {
      if (format != null && CodeForm.of(format) == CodeForm.LONG && bits.getValue() != Long.SIZE) {
        throw new IllegalArgumentException(
            "[format] can be [long] only with [bits] [64], got [" + bits.getValue() + "]");
      }
    }

    /** An update keeps the digest: it may say nothing of it, but not another one. */
    @Override
    protected void merge(FieldMapper.Builder incoming, Conflicts conflicts, Runnable parameters) {
      String bound = digest();
      String requested = ((HashCodeFieldBuilder) incoming).digest();
      parameters.run();
      if (bound != null) {
        bind(bound);
        if (requested != null && requested.equals(bound) == false) {
          conflicts.addConflict("digest", ModelBinding.unchangeable(bound, requested));
        }
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
      return new Parameter<?>[] {bits, model, digest, format, multiIndexHashing, docValues, meta};
    }

    @Override
    public String contentType() {
      return CONTENT_TYPE;
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

  /**
   * Which model the codes of a field are of: the name that its mapping gives, and the digest that
   * the first stamped code, or the mapping, binds it to. A field keeps its digest, since codes of
   * different models cannot be compared.
   *
   * @param field the name of the field
   * @param model the name of the model, when the mapping names one
   * @param digest the digest of its file
   */
  record ModelBinding(String field, Optional<ModelId> model, String digest) {

    /**
     * Checks the parameter of a mapping.
     *
     * @param digest the value, or null
     */
    static void checkParameter(String digest) {
      if (digest != null) {
        StampedCode.requireDigest("digest", digest);
      }
    }

    /**
     * Checks that a code is of this model.
     *
     * @param stamp the digest of the model that made the code
     * @throws IllegalArgumentException when it is another one
     */
    void check(String stamp) {
      if (digest.equals(stamp) == false) {
        throw new IllegalArgumentException(
            format(
                "field [%s] of type [%s] has codes of %s%s], got a code of model digest [%s];"
                    + " %s",
                field,
                CONTENT_TYPE,
                model
                    .map(name -> "model [" + name + "] with digest [")
                    .orElse("the model digest ["),
                digest,
                stamp,
                remedy()));
      }
    }

    /** What a mapping update is told that would change the digest. */
    static String unchangeable(String bound, String requested) {
      return format(
          "the field has codes of model digest [%s] and cannot be bound to [%s]; %s",
          bound, requested, remedy());
    }

    private static String remedy() {
      return "codes of different models cannot be compared: write them to a new field or a new index,"
          + " which [semantic-hash rehash] fills";
    }

    /** A field inside another one cannot be changed by a document. */
    static IllegalArgumentException inMultiField(String field, String stamp) {
      return new IllegalArgumentException(
          format(
              "field [%s] of type [%s] is a multi-field, which a document cannot bind to a"
                  + " model; set its [digest] to [%s] in the mapping, or index codes without digest",
              field, CONTENT_TYPE, stamp));
    }
  }
}
