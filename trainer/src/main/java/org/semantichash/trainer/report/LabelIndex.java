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

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which documents of a database have a label: two documents match when they share one. */
final class LabelIndex {

  private final Map<Integer, BitSet> documents = new HashMap<>();

  LabelIndex(List<int[]> labels) {
    for (int document = 0; document < labels.size(); document++) {
      for (int label : labels.get(document)) {
        documents.computeIfAbsent(label, unused -> new BitSet()).set(document);
      }
    }
  }

  /** The documents that share a label with these. */
  BitSet matching(int[] labels) {
    BitSet matching = new BitSet();
    for (int label : labels) {
      matching.or(documents.getOrDefault(label, new BitSet()));
    }
    return matching;
  }
}
