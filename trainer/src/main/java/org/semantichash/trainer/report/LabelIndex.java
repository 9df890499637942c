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
package org.semantichash.trainer.report;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which documents of a database have a label: two documents match when they share one. Queries with
 * the same labels get the same set, which is made once. Safe for use by many threads.
 */
final class LabelIndex {

  private static final long MAX_KEPT_BITS = 1L << 29; // 64 MiB

  private final int size;
  private final Map<Integer, BitSet> documents = new HashMap<>();
  private final Map<List<Integer>, DocumentSet> kept = new ConcurrentHashMap<>();

  LabelIndex(List<int[]> labels) {
    size = labels.size();
    for (int document = 0; document < size; document++) {
      for (int label : labels.get(document)) {
        documents.computeIfAbsent(label, unused -> new BitSet()).set(document);
      }
    }
  }

  /** The documents that share a label with these. */
  DocumentSet matching(int[] labels) {
    List<Integer> key = Arrays.stream(labels).boxed().toList();
    DocumentSet known = kept.get(key);
    if (known != null) {
      return known;
    }
    DocumentSet made = union(key);
    if ((long) kept.size() * size < MAX_KEPT_BITS) {
      kept.put(key, made);
    }
    return made;
  }

  private DocumentSet union(List<Integer> labels) {
    BitSet union = new BitSet();
    for (int label : labels) {
      union.or(documents.getOrDefault(label, new BitSet()));
    }
    return new DocumentSet(union, size);
  }
}
