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
package org.semantichash.trainer.corpus;

import java.util.List;
import java.util.function.Consumer;

/** Documents that can be read again and again, without being held. */
public interface DocumentSource {

  /** The number of documents. */
  int size();

  /** Hands over every document, each time the same ones in the same order. */
  void forEach(Consumer<Document> sink);

  /** The documents of a list. */
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
