// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.ValueFetcher;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.lookup.SourceProvider;
import org.semantichash.plugin.server.ShardSearches;

/**
 * Reads the texts of a field where they lie: in the source, synthetic ones too, and in stored
 * fields where the index has no source. A field that the caller may not see has no texts.
 */
@FunctionalInterface
interface TextField {

  /** The texts of a document of a segment, which is higher than the one before. */
  List<String> texts(int document) throws IOException;

  /**
   * Whether an index has the field.
   *
   * @throws IllegalArgumentException when it has another type, or keeps no texts of it
   */
  static boolean isMapped(String field, SearchExecutionContext context) {
    MappedFieldType type = context.getFieldType(field);
    if (type == null) {
      return false;
    }
    String family = type.familyTypeName();
    if (family.equals("text") == false && family.equals("keyword") == false) {
      throw wrong(
          field, context, "must be a field with text", "is of type [" + type.typeName() + "]");
    }
    if (context.isSourceEnabled() == false && type.isStored() == false) {
      throw wrong(
          field, context, "must be in the source or stored", "has no source and is not stored");
    }
    return true;
  }

  private static IllegalArgumentException wrong(
      String field, SearchExecutionContext context, String must, String is) {
    return new IllegalArgumentException(
        format(
            "[verify.field] %s, but field [%s] of index [%s] %s",
            must, field, context.index().getName(), is));
  }

  /**
   * The texts of some documents of a segment.
   *
   * @param field which is mapped
   * @param documents their numbers in the segment, ascending
   */
  static TextField of(
      String field, SearchExecutionContext context, LeafReaderContext segment, int[] documents)
      throws IOException {
    return context.isSourceEnabled()
        ? ofSource(field, context, segment)
        : ofStored(context.getFieldType(field).name(), segment, documents);
  }

  private static TextField ofSource(
      String field, SearchExecutionContext context, LeafReaderContext segment) {
    ValueFetcher fetcher = context.getFieldType(field).valueFetcher(context, null);
    fetcher.setNextReader(segment);
    Set<String> paths = context.sourcePath(field);
    SourceProvider sources = ShardSearches.sources(context, paths);
    return document ->
        strings(
            fetcher.fetchValues(sources.getSource(segment, document), document, new ArrayList<>()));
  }

  private static TextField ofStored(String field, LeafReaderContext segment, int[] documents)
      throws IOException {
    LeafStoredFieldLoader stored =
        StoredFieldLoader.create(false, Set.of(field)).getLoader(segment, documents);
    return document -> {
      stored.advanceTo(document);
      return strings(stored.storedFields().getOrDefault(field, List.of()));
    };
  }

  private static List<String> strings(List<Object> values) {
    return values.stream().map(Object::toString).toList();
  }
}
