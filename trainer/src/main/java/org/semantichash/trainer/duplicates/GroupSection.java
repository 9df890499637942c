// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.Map;

/**
 * A group on the page: the kept document, and the others with what they have more and less.
 *
 * @param texts the beginnings of texts; a document that is missing has none
 * @param documents how many documents are shown
 */
record GroupSection(DuplicateGroup group, Map<GroupMember, Snippet> texts, int documents) {

  void draw(Html html) {
    html.markup("<section><h3>");
    html.text(group.size() + " documents, at most " + group.diameter() + " bits apart");
    html.text(group.capped() ? "; cut off" : "").markup("</h3>\n");
    Snippet kept = texts.get(group.kept());
    head(html, group.kept(), "kept");
    if (kept != null) {
      html.markup("<p class=\"text\" dir=\"auto\">");
      kept.draw(html);
      html.markup("</p>\n");
    }
    group.others().stream().limit(documents - 1L).forEach(member -> drawOther(html, kept, member));
    int more = group.size() - documents;
    if (more > 0) {
      html.element("p", "and " + more + " more").markup("\n");
    }
    html.markup("</section>\n");
  }

  private void drawOther(Html html, Snippet kept, GroupMember member) {
    head(html, member, "distance " + member.distance());
    Snippet text = texts.get(member);
    if (kept != null && text != null) {
      html.markup("<p class=\"text\" dir=\"auto\">");
      new WordDifference(kept, text).draw(html);
      html.markup("</p>\n");
    }
  }

  private static void head(Html html, GroupMember member, String what) {
    html.markup("<p class=\"head\">").element("code", member.index() + "/" + member.id());
    html.markup(" ").element("span", what).markup("</p>\n");
  }
}
