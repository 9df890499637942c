// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.mapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.IndexSettings;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.columns.ColumnsMode;
import org.semantichash.search.columns.ColumnSource;

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

  /** Builds what is missing. */
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
