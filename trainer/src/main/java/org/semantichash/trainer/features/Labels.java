// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
