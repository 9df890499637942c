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
package org.semantichash.trainer.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.semantichash.trainer.corpus.Document;
import org.semantichash.trainer.corpus.DocumentSource;

/** Cuts a stream of documents into batches of a bounded size, which threads can share. */
final class DocumentBatches {

  private static final int MAX_DOCUMENTS = 4096;
  private static final int MAX_CHARACTERS = 1 << 24;

  private final Consumer<List<Document>> sink;
  private List<Document> batch = new ArrayList<>();
  private long characters;

  private DocumentBatches(Consumer<List<Document>> sink) {
    this.sink = sink;
  }

  /** Hands over all documents, in their order. */
  static void forEach(DocumentSource source, Consumer<List<Document>> sink) {
    DocumentBatches batches = new DocumentBatches(sink);
    source.forEach(batches::add);
    batches.flush();
  }

  private void add(Document document) {
    batch.add(document);
    characters += document.text().length();
    if (batch.size() == MAX_DOCUMENTS || characters >= MAX_CHARACTERS) {
      flush();
    }
  }

  private void flush() {
    if (batch.isEmpty() == false) {
      sink.accept(batch);
      batch = new ArrayList<>();
      characters = 0;
    }
  }
}
