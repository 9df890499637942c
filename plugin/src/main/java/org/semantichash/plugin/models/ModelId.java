// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.regex.Pattern;
import org.semantichash.encoder.BuiltInModel;

/**
 * The name of a model, which is also the name of its file: 1 to {@value #MAX_LENGTH} lower-case
 * letters, digits and the characters {@code - _ .}, beginning with a letter or a digit. The names
 * of models that come with the plugin begin with {@code _} before that.
 */
public record ModelId(String value) {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 200;

  private static final Pattern VALID = Pattern.compile("_?[a-z0-9][a-z0-9._-]*");

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

  /**
   * The name of a model, an upload or an alias that users write.
   *
   * @throws IllegalArgumentException when it breaks the rule or is that of a built-in model
   */
  public static ModelId ofUser(String value) {
    ModelId id = new ModelId(value);
    if (id.isBuiltIn()) {
      throw new IllegalArgumentException(
          "[model] must begin with a letter or a digit here, since names that begin with ["
              + BuiltInModel.PREFIX
              + "] are those of models that come with the plugin and are not stored, replaced or"
              + " deleted, got ["
              + value
              + "]");
    }
    return id;
  }

  /** Whether the model comes with the plugin, if there is one of this name. */
  public boolean isBuiltIn() {
    return BuiltInModel.isName(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
