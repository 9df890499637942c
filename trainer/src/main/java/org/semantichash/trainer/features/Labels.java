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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.corpus.Document;

/** Label names to ids, in the order in which they are first seen. */
final class Labels {

  private final Map<String, Integer> ids = new HashMap<>();

  /** The ids of a document's labels, ascending. */
  int[] of(Document document) {
    return document.labels().stream()
        .mapToInt(label -> ids.computeIfAbsent(label, unused -> ids.size()))
        .distinct()
        .sorted()
        .toArray();
  }

  List<int[]> of(List<Document> documents) {
    return documents.stream().map(this::of).toList();
  }
}
