// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.BarChart.SizeClasses;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.page.Html;

/** A page about near-duplicates, one file of HTML that loads nothing and runs nothing. */
public final class DuplicateReport {

  private static final int GROUPS = 50;
  private static final int DOCUMENTS = 10;
  private static final int BARS = 12; // whose numbers can be read on a telephone

  private final DuplicateSummary summary;
  private final Rest cluster;
  private final Optional<String> textField;
  private final List<DuplicateGroup> largest = new ArrayList<>();

  /**
   * A report.
   *
   * @param textField the field with the text; empty to show no texts
   */
  public DuplicateReport(Rest cluster, DuplicateSummary summary, Optional<String> textField) {
    this.summary = summary;
    this.cluster = cluster;
    this.textField = textField;
  }

  /** Takes a group, the largest first; those after the 50th are only counted. */
  public void add(DuplicateGroup group) {
    if (largest.size() < GROUPS) {
      largest.add(group);
    }
  }

  /** Reads the texts, and makes the page. */
  public String page() {
    Html html = Html.begin("Near-duplicates in " + String.join(", ", summary.indices()));
    new SummaryTable(summary).draw(html);
    drawDistances(html);
    drawSizes(html);
    drawGroups(html);
    return html.end();
  }

  private void drawDistances(Html html) {
    html.element("h2", "Distances of the pairs").markup("\n");
    if (summary.verification().isPresent()) {
      drawVerified(html, summary.verification().get());
      return;
    }
    NavigableMap<Integer, Long> counts = everyDistance(summary.distances());
    drawDistances(html, "Pairs by distance", counts);
    int usual = NearDuplicates.defaultMaxDistance(summary.bits(), false);
    html.element(
        "p",
        "Searched up to distance "
            + summary.maxDistance()
            + (summary.maxDistance() == usual ? ", the default" : "; the default is " + usual)
            + " for codes of "
            + summary.bits()
            + " bits. No text was judged. Look at the groups below, verify by text with --verify, or"
            + " measure precision and recall on your texts with semantic-hash calibrate.");
  }

  /** Where texts were compared, the radius only decides which: how many of them are similar. */
  private void drawVerified(Html html, DuplicateSummary.Verification verification) {
    NavigableMap<Integer, Long> candidates = everyDistance(verification.candidatesByDistance());
    NavigableMap<Integer, Long> verified = everyDistance(verification.verifiedByDistance());
    drawDistances(html, "Pairs of different texts that were compared, by distance", candidates);
    drawDistances(html, "Pairs of them that are similar enough, by distance", verified);
    long last = verified.getOrDefault(summary.maxDistance(), 0L);
    html.element(
        "p",
        last == 0
            ? "No pair at the largest distance is similar enough: the radius is wide enough for"
                + " this similarity."
            : number(last)
                + " pairs at the largest distance are similar enough, so there may be more beyond:"
                + " a larger --max-distance finds them, at the price of more texts to compare.");
  }

  private NavigableMap<Integer, Long> everyDistance(NavigableMap<Integer, Long> counts) {
    NavigableMap<Integer, Long> all = new TreeMap<>(counts);
    for (int d = 0; d <= summary.maxDistance(); d++) {
      all.putIfAbsent(d, 0L);
    }
    return all;
  }

  /** With few bars: more could not be told apart. */
  private static void drawDistances(Html html, String title, NavigableMap<Integer, Long> counts) {
    int step = Math.ceilDiv(counts.size(), BARS);
    String axis =
        step == 1
            ? "distance in bits"
            : "distance in bits; each bar counts " + step + " distances from its number on";
    NavigableMap<Integer, Long> bars = BarChart.inSteps(counts, step);
    new BarChart(title, axis, bars, false).draw(html);
    if (BarChart.needsLogarithms(bars)) {
      new BarChart("The same, heights logarithmic", axis, bars, true).draw(html);
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
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
    Map<GroupMember, Snippet> texts =
        textField.map(f -> Snippet.read(cluster, summary.field(), f, shown)).orElse(Map.of());
    for (DuplicateGroup group : largest) {
      new GroupSection(group, texts, DOCUMENTS).draw(html);
    }
  }

  /** The figures of a job as a table of HTML. */
  record SummaryTable(DuplicateSummary summary) {

    void draw(Html html) {
      html.markup("<table>\n");
      row(html, "field", summary.field() + ", " + summary.bits() + " bits");
      for (String index : summary.skippedIndices()) {
        row(html, "left out without that field", index);
      }
      row(html, "largest distance", summary.maxDistance() + " bits");
      row(html, "linkage", summary.linkage());
      row(html, "kept of each group", summary.keep());
      row(html, "documents", number(summary.documents()));
      row(html, "of these without a code", number(summary.withoutCode()));
      DuplicateSummary.WithoutTerms without = summary.withoutTerms();
      row(
          html,
          "of these without known terms",
          without.included() ? "included" : number(without.documents()) + ", left out");
      for (String index : without.included() ? List.<String>of() : without.unknown()) {
        row(html, "code of texts without known terms unknown", index);
      }
      summary.verification().ifPresent(verification -> drawVerification(html, verification));
      row(html, "pairs", number(summary.pairs()));
      row(html, "groups", number(summary.groups()));
      row(html, "documents in groups", number(summary.groupedDocuments()));
      row(html, "of these not kept", number(summary.groupedDocuments() - summary.groups()));
      row(html, "groups cut off at the largest size", number(summary.cappedGroups()));
      row(
          html,
          "time in the cluster",
          String.format(Locale.ROOT, "%.1f seconds", summary.took() / 1000.0));
      html.markup("</table>\n");
    }

    private static void drawVerification(Html html, DuplicateSummary.Verification verification) {
      row(html, "verified by text", verification.criterion());
      row(
          html,
          "texts read",
          String.format(
              Locale.ROOT,
              "%,d, in %.1f seconds with their comparison",
              verification.texts(),
              verification.took() / 1000.0));
      row(
          html,
          "pairs of different texts compared",
          number(verification.candidates()) + ", similar " + number(verification.verified()));
      row(html, "copies word for word", number(verification.copies()));
      row(html, "groups of such copies only", number(verification.exactGroups()));
      row(html, "near another one but without text", number(verification.withoutText()));
      if (verification.minWords() > 0) {
        row(
            html,
            "texts with fewer than " + verification.minWords() + " words",
            verification.shortTextsInWords());
      }
    }

    private static void row(Html html, String name, String value) {
      html.markup("<tr>").element("th", name).element("td", value).markup("</tr>\n");
    }
  }

  /**
   * A group on the page: the kept document, and the others with what they have more and less.
   *
   * @param texts the beginnings of texts; a document that is missing has none
   * @param documents how many documents are shown
   */
  record GroupSection(DuplicateGroup group, Map<GroupMember, Snippet> texts, int documents) {

    void draw(Html html) {
      html.markup("<section><h3>");
      html.text(group.size() + " documents, " + group.nearness());
      html.text(group.capped() ? "; cut off" : "").markup("</h3>\n");
      Snippet kept = texts.get(group.kept());
      head(html, group.kept(), "kept");
      if (kept != null) {
        html.markup("<p class=\"text\" dir=\"auto\">");
        kept.draw(html);
        html.markup("</p>\n");
      }
      group.others().stream()
          .limit(documents - 1L)
          .forEach(member -> drawOther(html, kept, member));
      int more = group.size() - documents;
      if (more > 0) {
        html.element("p", "and " + more + " more").markup("\n");
      }
      html.markup("</section>\n");
    }

    private void drawOther(Html html, Snippet kept, GroupMember member) {
      head(html, member, member.nearness());
      Snippet text = texts.get(member);
      if (kept != null && text != null) {
        html.markup("<p class=\"text\" dir=\"auto\">");
        text.drawDifference(kept, html);
        html.markup("</p>\n");
      }
    }

    private static void head(Html html, GroupMember member, String what) {
      html.markup("<p class=\"head\">").element("code", member.index() + "/" + member.id());
      html.markup(" ").element("span", what).markup("</p>\n");
    }
  }
}
