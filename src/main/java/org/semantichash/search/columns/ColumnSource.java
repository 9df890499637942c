// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.semantichash.index.CodeField;

/** Where a search gets the columns of a segment from; there need not be any. */
public interface ColumnSource {

  /** Never ends a build. */
  QueryTimeout NO_TIMEOUT = () -> false;

  /** Never any columns: every search reads the doc values. */
  ColumnSource NONE =
      new ColumnSource() {
        @Override
        public WordColumns columns(
            LeafReader segment, CodeField field, int bits, QueryTimeout timeout) {
          return null;
        }

        @Override
        public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
          return null;
        }
      };

  /**
   * The columns of a segment, built now if need be.
   *
   * @param timeout ends a build, and may throw to do so; asked about every 100,000 codes
   * @return null when there is no memory for them, the segment cannot have any, or the time is over
   */
  WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout)
      throws IOException;

  /** The columns of a segment when somebody has built them, else null; never builds. */
  WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits);
}
