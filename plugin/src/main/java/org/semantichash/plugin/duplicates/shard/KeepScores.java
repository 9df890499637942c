// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.NumericUtils;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.fielddata.IndexNumericFieldData;
import org.elasticsearch.index.fielddata.SortedNumericDoubleValues;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.lookup.Source;
import org.elasticsearch.search.lookup.SourceProvider;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy.KeepRule;
import org.semantichash.plugin.server.ShardSearches;

/** Scores by which a group chooses the document to keep: the highest wins. */
@FunctionalInterface
interface KeepScores {

  /** A document without a value: any other is kept rather. */
  long MISSING = Long.MIN_VALUE;

  /** Of a document of a segment, higher than the one before. */
  long score(int document) throws IOException;

  /** The scores of the documents of a segment. */
  static KeepScores of(KeepPolicy keep, SearchExecutionContext context, LeafReaderContext segment)
      throws IOException {
    if (keep.rule() == KeepRule.LOWEST_ID) {
      return document -> 0;
    }
    return keep.rule() == KeepRule.LONGEST
        ? ofLengths(keep.field(), context, segment)
        : ofNumbers(keep, context, segment);
  }

  /** What kind of numbers a field has; null for a rule that takes none. */
  static String kind(KeepPolicy keep, SearchExecutionContext context) {
    if (keep.rule() == KeepRule.LONGEST) {
      checkHasSource(keep.field(), context);
    }
    return keep.rule().isNumeric()
        ? switch (numbers(keep.field(), context).getNumericType()) {
          case DATE -> "date";
          case DATE_NANOSECONDS -> "date_nanos";
          case HALF_FLOAT, FLOAT, DOUBLE -> "double";
          default -> "long";
        }
        : null;
  }

  private static void checkHasSource(String field, SearchExecutionContext context) {
    if (context.getFieldType(field) == null) {
      throw wrong(field, context, "must be a field with text", "is not mapped");
    }
    if (context.isSourceEnabled() == false) {
      throw wrong(field, context, "must be in the source", "has no source");
    }
  }

  private static IndexNumericFieldData numbers(String field, SearchExecutionContext context) {
    String must = "must be a date or a number with doc values";
    MappedFieldType type = context.getFieldType(field);
    if (type == null) {
      throw wrong(field, context, must, "is not mapped");
    }
    IndexFieldData<?> values =
        type.hasDocValues()
            ? context.getForField(type, MappedFieldType.FielddataOperation.SEARCH)
            : null;
    if (values instanceof IndexNumericFieldData numbers
        && numbers.getNumericType() != IndexNumericFieldData.NumericType.BOOLEAN) {
      return numbers;
    }
    throw wrong(field, context, must, "is of type [" + type.typeName() + "]");
  }

  private static IllegalArgumentException wrong(
      String field, SearchExecutionContext context, String must, String is) {
    return new IllegalArgumentException(
        format(
            "[keep_field] %s, but field [%s] of index [%s] %s",
            must, field, context.index().getName(), is));
  }

  private static KeepScores ofNumbers(
      KeepPolicy keep, SearchExecutionContext context, LeafReaderContext segment)
      throws IOException {
    IndexNumericFieldData numbers = numbers(keep.field(), context);
    boolean newest = keep.rule() == KeepRule.NEWEST;
    if (numbers.getNumericType().isFloatingPoint()) {
      SortedNumericDoubleValues values = numbers.load(segment).getDoubleValues();
      return document -> {
        if (values.advanceExact(document) == false) {
          return MISSING;
        }
        double chosen = values.nextValue(); // ascending
        for (int i = 1; newest && i < values.docValueCount(); i++) {
          chosen = values.nextValue();
        }
        return score(NumericUtils.doubleToSortableLong(chosen), newest);
      };
    }
    var values = numbers.load(segment).getLongValues();
    return document -> {
      if (values.advanceExact(document) == false) {
        return MISSING;
      }
      long chosen = values.nextValue(); // ascending
      for (int i = 1; newest && i < values.docValueCount(); i++) {
        chosen = values.nextValue();
      }
      return score(chosen, newest);
    };
  }

  /** The complement turns the order round, and cannot overflow. */
  private static long score(long value, boolean newest) {
    return newest ? value : ~value;
  }

  private static KeepScores ofLengths(
      String field, SearchExecutionContext context, LeafReaderContext segment) {
    Set<String> paths = context.sourcePath(field);
    assert context.isSourceEnabled() : "checked by kind";
    SourceProvider sources = ShardSearches.sources(context, paths);
    return document -> {
      Source source = sources.getSource(segment, document);
      long length = MISSING;
      for (String path : paths) {
        length = longer(length, source.extractValue(path, null));
      }
      return length;
    };
  }

  private static long longer(long length, Object value) {
    if (value instanceof String text) {
      return Math.max(0, length) + text.codePointCount(0, text.length());
    }
    long sum = length;
    if (value instanceof Iterable<?> values) {
      for (Object each : values) {
        sum = longer(sum, each);
      }
    }
    return sum;
  }
}
