// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.List;
import java.util.Locale;

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

  private static void row(Html html, String name, String value) {
    html.markup("<tr>").element("th", name).element("td", value).markup("</tr>\n");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
