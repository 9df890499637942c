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
package org.semantichash.plugin.columns;

import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnCache;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.ColumnStatistics;
import org.semantichash.search.columns.MemoryAccount;
import org.semantichash.search.columns.WordColumns;

/**
 * The columns of all indices of a node. The node asks for field types and queries before it says
 * where memory comes from; until then there are no columns.
 */
public final class NodeColumns implements ColumnSource, Closeable {

  private volatile ColumnCache cache;

  /** Opens the cache, once. */
  public void open(MemoryAccount memory) {
    cache = new ColumnCache(memory);
  }

  /** What the node holds; null before it is open. */
  public ColumnStatistics statistics() {
    ColumnCache opened = cache;
    return opened == null ? null : opened.statistics();
  }

  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits) throws IOException {
    ColumnCache opened = cache;
    return opened == null ? null : opened.columns(segment, field, bits);
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    ColumnCache opened = cache;
    return opened == null ? null : opened.columnsIfBuilt(segment, field, bits);
  }

  /** Gives up the columns of a segment. */
  void drop(LeafReader segment) {
    ColumnCache opened = cache;
    if (opened != null) {
      opened.drop(segment);
    }
  }

  @Override
  public void close() {
    ColumnCache opened = cache;
    if (opened != null) {
      opened.close();
    }
  }
}
