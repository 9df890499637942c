// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Query;
import org.elasticsearch.index.fielddata.FieldDataContext;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.mapper.ArraySourceValueFetcher;
import org.elasticsearch.index.mapper.DocValueFetcher;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.ValueFetcher;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.DocValueFormat;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.lookup.Source;
import org.semantichash.hash.CodeForm;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.field.CodeDocValueFormat.StampedDocValueFormat;
import org.semantichash.plugin.field.HashCodeFieldData.EagerColumns;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.DocValuesFieldType;

/**
 * What can be asked of a {@code hash_code} field: {@code hamming} and {@code exists} queries, its
 * values, and aggregations over equal values. Everything else is refused.
 */
public final class HashCodeFieldType extends DocValuesFieldType {

  /**
   * The format of values that says of which model they are, see {@link StampedDocValueFormat}; a
   * field of type {@code binary} takes every format for base64.
   */
  public static final String STAMPED = "stamped";

  private final CodeSyntax syntax;
  private final ModelId model;
  private final String digest;
  private final boolean chunks;
  private final EagerColumns eager;

  HashCodeFieldType(
      String name,
      CodeSyntax syntax,
      ModelId model,
      String digest,
      boolean chunks,
      EagerColumns eager,
      Map<String, String> meta) {
    super(name, meta);
    this.syntax = syntax;
    this.model = model;
    this.digest = digest;
    this.chunks = chunks;
    this.eager = eager;
  }

  /** The width of the codes, in bits. */
  public int bits() {
    return syntax.bits();
  }

  /** How the codes of documents are written. */
  CodeSyntax syntax() {
    return syntax;
  }

  /** The form that codes are written in, when the mapping names one. */
  public Optional<CodeForm> form() {
    return Optional.ofNullable(syntax.form());
  }

  /** The model that makes the field's codes, when the mapping names one. */
  public Optional<ModelId> model() {
    return Optional.ofNullable(model);
  }

  /** The digest of the model that made the field's codes, when the field is bound to one. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /** Whether the chunks of codes are indexed, for multi-index hashing. */
  public boolean hasChunks() {
    return chunks;
  }

  /** Where the codes are in Lucene. */
  public CodeField codes() {
    return new CodeField(name(), CodeField.StoredForm.PLAIN, chunks);
  }

  @Override
  public String typeName() {
    return HashCodeFieldMapper.CONTENT_TYPE;
  }

  @Override
  public boolean isSearchable() {
    return false; // by term, which is what this question means
  }

  /** So {@code _source} is shown without the code, as it is without vectors. */
  @Override
  public boolean isVectorEmbedding() {
    return true;
  }

  @Override
  public ValueFetcher valueFetcher(SearchExecutionContext context, String format) {
    DocValueFormat shown = docValueFormat(format, null);
    // From doc values and not from _source, which need not hold the code.
    ValueFetcher stored =
        new DocValueFetcher(
            shown, context.getForField(this, MappedFieldType.FielddataOperation.SEARCH));
    return context.nestedLookup().getNestedParent(name()) == null
        ? stored
        : new NestedCodes(stored, new SourceCodes(context, shown));
  }

  @Override
  public DocValueFormat docValueFormat(String format, ZoneId timeZone) {
    checkNoTimeZone(timeZone);
    if (STAMPED.equals(format)) {
      return digest == null ? DocValueFormat.BINARY : new StampedDocValueFormat(digest);
    }
    CodeForm form = format == null ? syntax.shown() : CodeForm.of(format);
    return form == CodeForm.BASE64 ? DocValueFormat.BINARY : new CodeDocValueFormat(form, bits());
  }

  /**
   * Elasticsearch warms up the fields that say so, on threads of their own, before a refresh makes
   * new segments visible: by {@link HashCodeFieldData#loadGlobal}.
   */
  @Override
  public boolean eagerGlobalOrdinals() {
    return eager.isWanted();
  }

  @Override
  public IndexFieldData.Builder fielddataBuilder(FieldDataContext context) {
    return (cache, breaker) -> new HashCodeFieldData(name(), bits(), eager);
  }

  @Override
  public Query termQuery(Object value, SearchExecutionContext context) {
    throw new IllegalArgumentException(
        format(
            "field [%s] of type [%s] has no terms; use a [hamming] query, with"
                + " [max_distance] 0 for equal codes",
            name(), typeName()));
  }

  /** The codes of {@code _source}, which a hit has of the objects that are nested in it. */
  private final class SourceCodes extends ArraySourceValueFetcher {

    private final DocValueFormat shown;

    SourceCodes(SearchExecutionContext context, DocValueFormat shown) {
      super(HashCodeFieldType.this.name(), context);
      this.shown = shown;
    }

    @Override
    protected List<Object> parseSourceValue(Object value) {
      return syntax.read(value).stream()
          .map(stamped -> shown.format(CodeDocValues.encode(stamped.code())))
          .toList();
    }
  }

  /**
   * The codes of nested objects: a hit that is such an object has a doc value; a hit that holds
   * them has their codes only in its {@code _source}.
   */
  private record NestedCodes(ValueFetcher stored, ValueFetcher source) implements ValueFetcher {

    @Override
    public void setNextReader(LeafReaderContext context) {
      stored.setNextReader(context);
      source.setNextReader(context);
    }

    @Override
    public List<Object> fetchValues(Source json, int doc, List<Object> ignored) throws IOException {
      List<Object> values = stored.fetchValues(json, doc, ignored);
      return values.isEmpty() ? source.fetchValues(json, doc, ignored) : values;
    }

    @Override
    public StoredFieldsSpec storedFieldsSpec() {
      return stored.storedFieldsSpec().merge(source.storedFieldsSpec());
    }
  }
}
