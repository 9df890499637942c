// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
