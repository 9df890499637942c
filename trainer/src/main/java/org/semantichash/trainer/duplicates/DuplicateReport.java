// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.trainer.cluster.Rest;

/**
 * A page about near-duplicates, one file of HTML that loads nothing and runs nothing: it forbids
 * itself both, in case a text would get through as markup after all.
 */
public final class DuplicateReport {

  private static final int GROUPS = 50;
  private static final int DOCUMENTS = 10;

  private final DuplicateSummary summary;
  private final Optional<SnippetReader> reader;
  private final List<DuplicateGroup> largest = new ArrayList<>();

  /**
   * A report.
   *
   * @param textField the field with the text; empty to show no texts
   */
  public DuplicateReport(Rest cluster, DuplicateSummary summary, Optional<String> textField) {
    this.summary = summary;
    this.reader = textField.map(field -> new SnippetReader(cluster, summary.field(), field));
  }

  /** Takes a group, the largest first; those after the 50th are only counted. */
  public void add(DuplicateGroup group) {
    if (largest.size() < GROUPS) {
      largest.add(group);
    }
  }

  /** Reads the texts, and makes the page. */
  public String page() {
    Html html = new Html();
    html.markup(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            + "<meta name=\"viewport\" content=\"width=device-width\">"
            + "<meta name=\"color-scheme\" content=\"light dark\"><title>");
    html.text("Near-duplicates in " + String.join(", ", summary.indices()));
    html.markup("</title><style>\n" + style() + "</style></head><body>\n");
    html.element("h1", "Near-duplicates in " + String.join(", ", summary.indices())).markup("\n");
    new SummaryTable(summary).draw(html);
    drawDistances(html);
    drawSizes(html);
    drawGroups(html);
    return html.markup("</body></html>\n").toString();
  }

  private void drawDistances(Html html) {
    html.element("h2", "Distances of the pairs").markup("\n");
    NavigableMap<Integer, Long> counts = new TreeMap<>(summary.distances());
    for (int d = 0; d <= summary.maxDistance(); d++) {
      counts.putIfAbsent(d, 0L);
    }
    new BarChart("Pairs by distance", "distance in bits", counts, false).draw(html);
    if (BarChart.needsLogarithms(counts)) {
      new BarChart("The same, heights logarithmic", "distance in bits", counts, true).draw(html);
    }
    RadiusSuggestion suggestion = RadiusSuggestion.of(counts, summary.maxDistance());
    html.markup("<p><strong>");
    html.text(
        suggestion.radius() < 0
            ? "No radius to suggest. "
            : "Suggested radius: " + suggestion.radius() + ". ");
    html.markup("</strong>").text(suggestion.reason());
    html.text(
        " This is a suggestion from these counts alone; no text was judged. Look at the groups"
            + " below, or measure with semantic-hash calibrate.");
    html.markup("</p>\n");
  }

  private void drawSizes(Html html) {
    html.element("h2", "Sizes of the groups").markup("\n");
    NavigableMap<Integer, Long> sizes = SizeClasses.of(summary.groupSizes());
    String axis =
        sizes.equals(summary.groupSizes())
            ? "documents in the group"
            : "documents in the group; from 8 on each bar reaches to below the next power of two";
    new BarChart("Groups by size", axis, sizes, false).draw(html);
    if (BarChart.needsLogarithms(sizes)) {
      new BarChart("The same, heights logarithmic", axis, sizes, true).draw(html);
    }
  }

  private void drawGroups(Html html) {
    html.element("h2", "The largest groups").markup("\n");
    if (summary.groups() > largest.size()) {
      html.element("p", "The " + largest.size() + " largest of " + summary.groups() + " groups.");
    }
    List<GroupMember> shown =
        largest.stream().flatMap(group -> group.members().stream().limit(DOCUMENTS)).toList();
    Map<GroupMember, Snippet> texts = reader.map(r -> r.read(shown)).orElse(Map.of());
    for (DuplicateGroup group : largest) {
      new GroupSection(group, texts, DOCUMENTS).draw(html);
    }
  }

  private static String style() {
    try (InputStream in = DuplicateReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
