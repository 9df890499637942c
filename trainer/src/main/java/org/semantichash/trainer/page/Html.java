// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A page of HTML in the making. Whatever is not a literal of this program goes through {@link
 * #text}, which leaves nothing of it that a browser would take for markup.
 */
public final class Html {

  private final StringBuilder page = new StringBuilder();

  /** Nothing yet; a part of a page. */
  public Html() {}

  /**
   * A page with its style and its heading, one file that loads nothing and runs nothing: it forbids
   * itself both, in case a text would get through as markup after all.
   */
  public static Html begin(String title) {
    Html html = new Html();
    html.markup(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            + "<meta name=\"viewport\" content=\"width=device-width\">"
            + "<meta name=\"color-scheme\" content=\"light dark\">");
    html.element("title", title).markup("<style>\n" + style() + "</style></head><body>\n");
    return html.element("h1", title).markup("\n");
  }

  /** The whole page. */
  public String end() {
    return markup("</body></html>\n").toString();
  }

  private static String style() {
    try (InputStream in = Html.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds markup as it is; only for literals and numbers. */
  public Html markup(String literal) {
    page.append(literal);
    return this;
  }

  /** Adds text, in an element and in a quoted attribute alike. */
  public Html text(String text) {
    text.codePoints().forEach(this::escape);
    return this;
  }

  private void escape(int character) {
    switch (character) {
      case '&' -> page.append("&amp;");
      case '<' -> page.append("&lt;");
      case '>' -> page.append("&gt;");
      case '"' -> page.append("&quot;");
      case '\'' -> page.append("&#39;");
      default -> page.appendCodePoint(isShown(character) ? character : 0xfffd);
    }
  }

  /** Control characters are no HTML, and halves of surrogate pairs no characters. */
  private static boolean isShown(int character) {
    return Character.isWhitespace(character)
        ? character >= ' ' || character == '\n' || character == '\t'
        : Character.isISOControl(character) == false
            && Character.getType(character) != Character.SURROGATE;
  }

  /** Adds an element with nothing but text in it. */
  public Html element(String name, String text) {
    return markup("<" + name + ">").text(text).markup("</" + name + ">");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
