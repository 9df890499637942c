// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/** Columns of all segments, built before the first search and kept. */
final class HeldColumns implements ColumnSource {

  private final Map<Object, WordColumns> bySegment = new HashMap<>();

  /**
   * Builds all columns of an index.
   *
   * @param clustered whether the codes have clusters, where these pay
   */
  HeldColumns(IndexReader reader, int bits, boolean clustered) throws IOException {
    CodeField field = CodeField.plain(LuceneIndex.CODE);
    for (LeafReaderContext leaf : reader.leaves()) {
      WordColumns columns = WordColumns.Builder.build(leaf.reader(), field, bits);
      if (clustered) {
        columns.findClusters(NO_TIMEOUT);
      }
      bySegment.put(key(leaf.reader()), columns);
    }
  }

  private static Object key(LeafReader segment) {
    return segment.getCoreCacheHelper().getKey();
  }

  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout) {
    return columnsIfBuilt(segment, field, bits);
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    WordColumns columns = bySegment.get(key(segment));
    if (columns == null) {
      throw new UncheckedIOException(new IOException("segment [" + segment + "] is of no index"));
    }
    return columns;
  }

  /** The columns of the only segment. */
  WordColumns only() {
    if (bySegment.size() != 1) {
      throw new IllegalStateException("must be one segment, got [" + bySegment.size() + "]");
    }
    return bySegment.values().iterator().next();
  }
}
