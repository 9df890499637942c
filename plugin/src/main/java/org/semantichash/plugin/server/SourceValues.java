// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;

/** The values of a field that belong into {@code _source}. */
@FunctionalInterface
public interface SourceValues {

  OfSegment of(LeafReader segment) throws IOException;

  /** Those of one segment; documents are asked for in ascending order. */
  interface OfSegment {

    /** Whether a document has one. */
    boolean advance(int doc) throws IOException;

    /** That of the document, as JSON has it. */
    Object value() throws IOException;
  }
}
