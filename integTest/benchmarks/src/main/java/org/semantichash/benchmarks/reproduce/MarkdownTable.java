// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of a Markdown page. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();

  MarkdownTable(List<String> header) {
    add(header);
    List<String> rule = new ArrayList<>(List.of("---"));
    rule.addAll(Collections.nCopies(header.size() - 1, "---:"));
    add(rule);
  }

  void add(List<String> cells) {
    text.append("| ");
    text.append(String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
    text.append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
