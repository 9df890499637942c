// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.SortField;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.fielddata.FieldData;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.fielddata.LeafFieldData;
import org.elasticsearch.index.fielddata.SortedBinaryDocValues;
import org.elasticsearch.script.field.BinaryDocValuesField;
import org.elasticsearch.script.field.DocValuesScriptFieldFactory;
import org.elasticsearch.search.DocValueFormat;
import org.elasticsearch.search.MultiValueMode;
import org.elasticsearch.search.aggregations.support.CoreValuesSourceType;
import org.elasticsearch.search.aggregations.support.ValuesSourceType;
import org.elasticsearch.search.sort.BucketedSort;
import org.elasticsearch.search.sort.SortOrder;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.memory.NodeColumns.ColumnsMode;
import org.semantichash.search.columns.ColumnSource;

/**
 * The codes of a field as bytes: for the fields option, scripts, and aggregations that count equal
 * values. They cannot be sorted by: the order of codes means nothing.
 */
final class HashCodeFieldData implements IndexFieldData.Global<LeafFieldData> {

  private final String field;
  private final int bits;
  private final EagerColumns eager;

  HashCodeFieldData(String field, int bits, EagerColumns eager) {
    this.field = field;
    this.bits = bits;
    this.eager = eager;
  }

  /** Builds the columns of the reader's segments: Elasticsearch calls this to warm it up. */
  @Override
  public HashCodeFieldData loadGlobal(DirectoryReader reader) {
    eager.build(reader, field, bits);
    return this;
  }

  @Override
  public HashCodeFieldData loadGlobalDirect(DirectoryReader reader) {
    return loadGlobal(reader);
  }

  @Override
  public String getFieldName() {
    return field;
  }

  @Override
  public ValuesSourceType getValuesSourceType() {
    return CoreValuesSourceType.KEYWORD;
  }

  @Override
  public LeafFieldData load(LeafReaderContext context) {
    return new Leaf(field, context.reader());
  }

  @Override
  public LeafFieldData loadDirect(LeafReaderContext context) {
    return load(context);
  }

  @Override
  public SortField sortField(
      Object missingValue,
      MultiValueMode sortMode,
      XFieldComparatorSource.Nested nested,
      boolean reverse) {
    throw cannotSort();
  }

  @Override
  public BucketedSort newBucketedSort(
      BigArrays bigArrays,
      Object missingValue,
      MultiValueMode sortMode,
      XFieldComparatorSource.Nested nested,
      SortOrder sortOrder,
      DocValueFormat format,
      int bucketSize,
      BucketedSort.ExtraData extra) {
    throw cannotSort();
  }

  private IllegalArgumentException cannotSort() {
    return new IllegalArgumentException(
        format(
            "field [%s] of type [%s] cannot be sorted by; a [hamming] query sorts by the"
                + " distance to a code",
            field, HashCodeFieldMapper.CONTENT_TYPE));
  }

  /** The codes of one segment. */
  private record Leaf(String field, LeafReader reader) implements LeafFieldData {

    @Override
    public DocValuesScriptFieldFactory getScriptFieldFactory(String name) {
      return new BinaryDocValuesField(getBytesValues(), name);
    }

    @Override
    public SortedBinaryDocValues getBytesValues() {
      try {
        return FieldData.singleton(DocValues.getBinary(reader, field));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long ramBytesUsed() {
      return 0; // the values stay on disk
    }
  }

  /**
   * Builds the columns of an index when its setting asks for it.
   *
   * @param columns the columns of the node
   * @param index the settings of the index, as they are now
   */
  record EagerColumns(ColumnSource columns, IndexSettings index) {

    /** Whether the index wants its columns before the first search. */
    boolean isWanted() {
      return ColumnsMode.of(index) == ColumnsMode.EAGER;
    }

    void build(IndexReader reader, String field, int bits) {
      try {
        for (LeafReaderContext segment : reader.leaves()) {
          columns.columns(segment.reader(), CodeField.plain(field), bits, ColumnSource.NO_TIMEOUT);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
