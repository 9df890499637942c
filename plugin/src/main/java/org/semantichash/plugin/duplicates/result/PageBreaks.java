// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.plugin.duplicates.result.DuplicatesResults.ResultGroups;

/**
 * Divides groups into pages: many small groups a page, and a group that is too large for one over
 * many, each with some of its documents.
 */
final class PageBreaks {

  private static final int MAX_GROUPS = 500;
  private static final int MAX_DOCUMENTS = 4000; // far below a megabyte, with ids as they are

  /** Takes the pages. */
  @FunctionalInterface
  interface Sink {
    void write(int page, List<Map<String, Object>> groups);
  }

  private final Sink sink;
  private final List<Integer> starts = new ArrayList<>();
  private List<Map<String, Object>> page = new ArrayList<>();
  private int first;
  private int documents;

  private PageBreaks(Sink sink) {
    this.sink = sink;
  }

  /** Writes all groups; gives the first group of each page. */
  static List<Integer> write(ResultGroups groups, Sink sink) {
    PageBreaks pages = new PageBreaks(sink);
    for (int place = 0; place < groups.count(); place++) {
      pages.add(place, groups.group(place));
    }
    pages.flush();
    return pages.starts;
  }

  private void add(int place, Map<String, Object> group) {
    List<?> members = (List<?>) group.get("documents");
    if (page.size() == MAX_GROUPS || documents + members.size() > MAX_DOCUMENTS) {
      flush();
    }
    for (int from = 0; from < members.size(); from += MAX_DOCUMENTS) {
      flushIf(from > 0);
      first = page.isEmpty() ? place : first;
      Map<String, Object> part = new LinkedHashMap<>(group);
      part.put("documents", members.subList(from, Math.min(members.size(), from + MAX_DOCUMENTS)));
      page.add(part);
    }
    documents += members.size();
  }

  private void flushIf(boolean full) {
    if (full) {
      flush();
    }
  }

  private void flush() {
    if (page.isEmpty() == false) {
      sink.write(starts.size(), page);
      starts.add(first);
      page = new ArrayList<>();
      documents = 0;
    }
  }

  /** Puts the groups of some pages together again, the first of them being one of the result. */
  static List<Map<String, Object>> join(List<Map<String, Object>> parts) {
    List<Map<String, Object>> groups = new ArrayList<>();
    int missing = 0;
    for (Map<String, Object> part : parts) {
      List<?> members = (List<?>) part.get("documents");
      if (missing == 0) {
        missing = ((Number) part.get("size")).intValue();
        Map<String, Object> group = new LinkedHashMap<>(part);
        group.put("documents", new ArrayList<>(members));
        groups.add(group);
      } else {
        @SuppressWarnings("unchecked") // put there above
        List<Object> begun = (List<Object>) groups.getLast().get("documents");
        begun.addAll(members);
      }
      missing -= members.size();
      assert missing >= 0 : "a group has more documents than its size";
    }
    return groups;
  }
}
