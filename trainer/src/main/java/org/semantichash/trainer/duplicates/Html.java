/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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

  /** The page so far. */
  @Override
  public String toString() {
    return page.toString();
  }
}
