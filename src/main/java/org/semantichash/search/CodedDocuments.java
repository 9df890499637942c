// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.search.DocIdSetIterator;
import org.semantichash.search.columns.WordColumns;

/** All documents that have a code. */
final class CodedDocuments extends DocIdSetIterator {

  private final WordColumns columns;
  private int ordinal = -1;
  private int document = -1;

  CodedDocuments(WordColumns columns) {
    this.columns = columns;
  }

  /** The ordinal of the current document. */
  int ordinal() {
    return ordinal;
  }

  @Override
  public int docID() {
    return document;
  }

  @Override
  public int nextDoc() {
    return moveTo(ordinal + 1);
  }

  @Override
  public int advance(int target) {
    return moveTo(
        target >= NO_MORE_DOCS ? columns.size() : columns.ordinalFrom(target, ordinal + 1));
  }

  private int moveTo(int next) {
    ordinal = next;
    document = next < columns.size() ? columns.document(next) : NO_MORE_DOCS;
    return document;
  }

  @Override
  public long cost() {
    return columns.size();
  }
}
