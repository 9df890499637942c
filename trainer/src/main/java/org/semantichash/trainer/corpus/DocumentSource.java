// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.util.List;
import java.util.function.Consumer;

/** Documents that can be read again and again, without being held. */
public interface DocumentSource {

  int size();

  /** Hands over every document, each time the same ones in the same order. */
  void forEach(Consumer<Document> sink);

  static DocumentSource of(List<Document> documents) {
    return new DocumentSource() {
      @Override
      public int size() {
        return documents.size();
      }

      @Override
      public void forEach(Consumer<Document> sink) {
        documents.forEach(sink);
      }
    };
  }
}
