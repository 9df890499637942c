// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.RandomClusters;
import org.semantichash.search.columns.WordColumns;

/**
 * Columns for some segments: none, all, or those whose size a mask picks; built anew for each
 * search.
 *
 * @param mask segments whose documents share a bit with it have columns
 * @param clustered whether the columns have clusters
 */
record SomeColumns(int mask, boolean clustered) implements ColumnSource {

  static final SomeColumns ALL = new SomeColumns(-1, false);
  static final SomeColumns ALL_CLUSTERED = new SomeColumns(-1, true);

  static SomeColumns random(Random random) {
    int mask = random.nextInt(3) == 0 ? random.nextInt(4) : -random.nextInt(2);
    return new SomeColumns(mask, random.nextBoolean());
  }

  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout)
      throws IOException {
    if ((segment.maxDoc() & mask) == 0) {
      return null;
    }
    WordColumns columns = WordColumns.Builder.build(segment, field, bits);
    return clustered ? RandomClusters.of(columns, new Random(segment.maxDoc())) : columns;
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    try {
      return columns(segment, field, bits, NO_TIMEOUT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
