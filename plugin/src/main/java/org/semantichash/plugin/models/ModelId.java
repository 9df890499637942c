// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.regex.Pattern;

/**
 * The name of a model, which is also the name of its file: 1 to {@value #MAX_LENGTH} lower-case
 * letters, digits and the characters {@code - _ .}, beginning with a letter or a digit.
 */
public record ModelId(String value) {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 200;

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it breaks the rule
   */
  public ModelId {
    if (value.length() > MAX_LENGTH || VALID.matcher(value).matches() == false) {
      throw new IllegalArgumentException(
          "[model] must be 1 to ["
              + MAX_LENGTH
              + "] lower-case letters, digits, [-], [_] and [.], beginning with a letter or a"
              + " digit, got ["
              + value
              + "]");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
