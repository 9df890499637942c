// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.plugin.duplicates.result.ResultGroups;
import org.semantichash.plugin.memory.BreakerMemory;

/** The groups as they are shown: the largest first, among equals that with the lowest id. */
final class OrderedGroups implements ResultGroups {

  private static final int BYTES = 64; // of a group while groups are ordered, and of its number

  private final DuplicateGroups groups;
  private final NamedDocuments documents;
  private final CodeTable codes;
  private final Integer[] order;

  OrderedGroups(
      DuplicateGroups groups, NamedDocuments documents, CodeTable codes, BreakerMemory memory) {
    memory.require((long) groups.count() * BYTES);
    this.groups = groups;
    this.documents = documents;
    this.codes = codes;
    this.order = new Integer[groups.count()];
    Arrays.setAll(order, group -> group);
    Integer[] lowest = new Integer[groups.count()];
    Arrays.setAll(lowest, this::lowest);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingInt(group -> -groups.size(group))
            .thenComparing(group -> lowest[group], documents.byId()));
  }

  private Integer lowest(int group) {
    return Arrays.stream(groups.documents(group)).boxed().min(documents.byId()).orElseThrow();
  }

  @Override
  public int count() {
    return order.length;
  }

  @Override
  public Map<String, Object> group(int place) {
    int group = order[place];
    List<Integer> members =
        new ArrayList<>(Arrays.stream(groups.documents(group)).boxed().toList());
    Integer kept = members.stream().min(documents.byScore()).orElseThrow();
    members.sort(
        Comparator.<Integer, Boolean>comparing(code -> code.equals(kept) == false)
            .thenComparing(documents.byId()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("size", members.size());
    fields.put("diameter", groups.diameter(group));
    fields.put("capped", groups.capped(group));
    fields.put("keep", documents.id(kept));
    fields.put("documents", members.stream().map(code -> document(code, kept)).toList());
    return fields;
  }

  private Map<String, Object> document(int code, int kept) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("_index", documents.index(code));
    fields.put("_id", documents.id(code));
    fields.put("distance", codes.distance(code, kept));
    return fields;
  }
}
