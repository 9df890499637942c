// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.semantichash.trainer.training.Dataset;

/**
 * Whether labels can tell good codes from bad ones. Every code is as good as any other when nearly
 * all documents have the same label, or hardly two have one in common.
 *
 * @param queries the labels of the documents that are searched for; empty where there are none
 * @param database the labels of the documents that are searched
 */
record LabelCheck(List<int[]> queries, List<int[]> database) {

  private static final double MOST_EQUAL = 0.98;
  private static final double LEAST_SHARED = 0.5;

  LabelCheck(Dataset queries, Dataset database) {
    this(queries.labels(), database.labels());
  }

  /** Why the labels say nothing; empty when they do. */
  Optional<String> problem() {
    List<int[]> labelled = queries.stream().filter(labels -> labels.length > 0).toList();
    if (labelled.isEmpty()) {
      return Optional.of("no document that is searched for has a label");
    }
    Map<Integer, Integer> counts = new HashMap<>();
    for (int[] labels : labelled) {
      for (int label : labels) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (most >= MOST_EQUAL * labelled.size()) {
      return Optional.of(
          share(most, labelled.size()) + " of the labelled documents have one label");
    }
    Set<Integer> known = new HashSet<>();
    database.forEach(labels -> add(labels, known));
    long shared = labelled.stream().filter(labels -> isAny(labels, known)).count();
    return shared < LEAST_SHARED * labelled.size()
        ? Optional.of(
            "only "
                + share(shared, labelled.size())
                + " of the labelled documents share a label with any other")
        : Optional.empty();
  }

  private static void add(int[] labels, Set<Integer> known) {
    for (int label : labels) {
      known.add(label);
    }
  }

  private static boolean isAny(int[] labels, Set<Integer> known) {
    for (int label : labels) {
      if (known.contains(label)) {
        return true;
      }
    }
    return false;
  }

  private static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / all);
  }
}
