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
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.duplicates.VerifiedDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.VerifyOptions;
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
    if (bits > 0 || options.maxDistance() != null) {
      fields.put("max_distance", options.maxDistance(bits));
    }
    fields.put("linkage", options.grouping().linkage().name().toLowerCase(Locale.ROOT));
    fields.put("min_group_size", options.grouping().minSize());
    fields.put("max_group_size", options.grouping().maxSize());
    fields.put("keep", options.keep().rule().toString());
    if (options.keep().field() != null) {
      fields.put("keep_field", options.keep().field());
    }
    fields.put(DuplicatesOptions.INCLUDE_WITHOUT_TERMS, options.includeWithoutTerms());
    if (options.verify() != null) {
      fields.put(VerifyOptions.NAME, options.verify().fields());
    }
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
    return of(table, found.pairs(), found.distances(), found.groups());
  }

  /**
   * What was found and verified.
   *
   * @param took the reading and the comparison of texts
   */
  static Map<String, Object> of(ShardCodeTable table, VerifiedDuplicates found, TimeValue took) {
    Map<String, Object> fields = of(table, found.pairs(), found.distances(), found.groups());
    Map<String, Object> verification = new LinkedHashMap<>();
    verification.put("candidates", found.candidates());
    verification.put("verified", found.verified());
    verification.put("texts", found.texts());
    verification.put("without_text", found.withoutText());
    verification.put("short_texts", found.shortTexts());
    verification.put("copies", found.copies());
    verification.put("short_copies", found.shortCopies());
    verification.put("exact_groups", found.exactGroups());
    verification.put("took", took.millis());
    verification.put("distances", byDistance(found));
    List<Map<String, Object>> similarities = new ArrayList<>();
    for (int tenth = 0; tenth < found.similarities().size(); tenth++) {
      if (found.similarities().get(tenth) > 0) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("from", tenth / 10.0);
        entry.put("verified", found.similarities().get(tenth));
        similarities.add(entry);
      }
    }
    verification.put("similarities", similarities);
    fields.put("verification", verification);
    return fields;
  }

  private static List<Map<String, Object>> byDistance(VerifiedDuplicates found) {
    List<Map<String, Object>> distances = new ArrayList<>();
    for (int distance = 0; distance < found.candidatesByDistance().length; distance++) {
      if (found.candidatesByDistance()[distance] > 0) {
        Map<String, Object> entry =
            pair("distance", distance, "candidates", found.candidatesByDistance()[distance]);
        entry.put("verified", found.verifiedByDistance()[distance]);
        distances.add(entry);
      }
    }
    return distances;
  }

  private static Map<String, Object> of(
      ShardCodeTable table, long pairs, long[] distances, DuplicateGroups groups) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("documents", table.counted());
    fields.put("without_code", table.withoutCode());
    fields.put("without_terms", table.withoutTerms());
    fields.put("pairs", pairs);
    fields.put("distances", distances(distances));
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
