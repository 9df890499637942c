// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import static org.elasticsearch.core.Strings.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.result.StoredJob.JobState;
import org.semantichash.plugin.models.EmptyCode;

/** What a response says beside the groups. */
final class JobHeader {

  private JobHeader() {}

  /**
   * Of a search that begins.
   *
   * @param skipped which do not have it
   * @param bits of the field; 0 when no index has it
   * @param emptyCodes of the indices that have the field, and so are searched
   */
  static Map<String, Object> of(
      DuplicatesRequest request,
      TaskId task,
      long started,
      List<String> skipped,
      int bits,
      Map<String, EmptyCode> emptyCodes) {
    DuplicatesOptions options = request.options();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", request.id());
    fields.put("task", task.toString());
    fields.put("state", JobState.RUNNING.toString());
    fields.put("start_time_in_millis", started);
    fields.put("indices", List.copyOf(emptyCodes.keySet()));
    fields.put("skipped_indices", skipped);
    if (emptyCodes.isEmpty()) {
      fields.put(
          "warning",
          format(
              "no searched index has field [%s]: nothing was compared, and all of %s were"
                  + " skipped",
              options.field(), skipped));
    }
    fields.put("field", options.field());
    if (bits > 0) {
      fields.put("bits", bits);
    }
    fields.put("max_distance", options.maxDistance());
    fields.put("linkage", options.grouping().linkage().name().toLowerCase(Locale.ROOT));
    fields.put("min_group_size", options.grouping().minSize());
    fields.put("max_group_size", options.grouping().maxSize());
    fields.put("keep", options.keep().rule().toString());
    if (options.keep().field() != null) {
      fields.put("keep_field", options.keep().field());
    }
    fields.put(DuplicatesOptions.INCLUDE_WITHOUT_TERMS, options.includeWithoutTerms());
    fields.put("empty_codes", known(emptyCodes));
    List<Map<String, String>> unknown = unknown(emptyCodes);
    if (unknown.isEmpty() == false) {
      fields.put("empty_code_unknown", unknown);
    }
    return fields;
  }

  /** The codes whose documents are left out, in hexadecimal. */
  private static List<String> known(Map<String, EmptyCode> emptyCodes) {
    return emptyCodes.values().stream()
        .map(EmptyCode::hex)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** The indices whose documents without known terms could not be told from others, and why. */
  private static List<Map<String, String>> unknown(Map<String, EmptyCode> emptyCodes) {
    List<Map<String, String>> unknown = new ArrayList<>();
    emptyCodes.forEach(
        (index, code) -> {
          if (code.isUnknown()) {
            unknown.add(new TreeMap<>(Map.of("index", index, "reason", code.unknown())));
          }
        });
    return unknown;
  }

  /** What was found. */
  static Map<String, Object> of(ShardCodeTable table, NearDuplicates found) {
    DuplicateGroups groups = found.groups();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("documents", table.counted());
    fields.put("without_code", table.withoutCode());
    fields.put("without_terms", table.withoutTerms());
    fields.put("pairs", found.pairs());
    fields.put("distances", distances(found.distances()));
    fields.put("total_groups", groups.count());
    fields.put("grouped_documents", groups.documentCount());
    Map<Integer, Integer> sizes = new TreeMap<>();
    int capped = 0;
    for (int group = 0; group < groups.count(); group++) {
      sizes.merge(groups.size(group), 1, Integer::sum);
      capped += groups.capped(group) ? 1 : 0;
    }
    fields.put("capped_groups", capped);
    List<Map<String, Object>> groupSizes = new ArrayList<>();
    sizes.forEach((size, count) -> groupSizes.add(pair("size", size, "groups", count)));
    fields.put("group_sizes", groupSizes);
    return fields;
  }

  private static List<Map<String, Object>> distances(long[] pairs) {
    List<Map<String, Object>> distances = new ArrayList<>();
    for (int distance = 0; distance < pairs.length; distance++) {
      if (pairs[distance] > 0) {
        distances.add(pair("distance", distance, "pairs", pairs[distance]));
      }
    }
    return distances;
  }

  private static Map<String, Object> pair(String first, long one, String second, long other) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(first, one);
    fields.put(second, other);
    return fields;
  }
}
