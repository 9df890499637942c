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
