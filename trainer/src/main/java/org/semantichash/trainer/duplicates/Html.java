// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

/**
 * A page of HTML in the making. Whatever is not a literal of this program goes through {@link
 * #text}, which leaves nothing of it that a browser would take for markup.
 */
final class Html {

  private final StringBuilder page = new StringBuilder();

  /** Adds markup as it is; only for literals and numbers. */
  Html markup(String literal) {
    page.append(literal);
    return this;
  }

  /** Adds text, in an element and in a quoted attribute alike. */
  Html text(String text) {
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
  Html element(String name, String text) {
    return markup("<" + name + ">").text(text).markup("</" + name + ">");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
