// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.semantichash.encoder.BuiltInModel;

/**
 * The name of a model in a cluster, by the plugin's rule.
 *
 * @param value 1 to 200 lower-case letters, digits, [-], [_] and [.], beginning with a letter or a
 *     digit; the names of models that come with the plugin have a [_] before that
 */
public record ModelName(String value) {

  private static final Pattern VALID = Pattern.compile("(?=.{1,200}$)_?[a-z0-9][a-z0-9._-]*");
  private static final String EXTENSION = ".onnx";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it breaks the rule
   */
  public ModelName {
    if (VALID.matcher(value).matches() == false) {
      throw new IllegalArgumentException(
          "[id] must be 1 to [200] lower-case letters, digits, [-], [_] and [.], beginning with a"
              + " letter or a digit, got ["
              + value
              + "]");
    }
  }

  /**
   * The name of a model or an alias that is written.
   *
   * @throws IllegalArgumentException when it breaks the rule or is that of a built-in model
   */
  public static ModelName ofUser(String value) {
    if (BuiltInModel.isName(value)) {
      throw new IllegalArgumentException(
          "[id] must begin with a letter or a digit here, since names that begin with ["
              + BuiltInModel.PREFIX
              + "] are those of models that come with the plugin, got ["
              + value
              + "]");
    }
    return new ModelName(value);
  }

  /** The name of a file without its extension. */
  public static ModelName of(Path file) {
    String name = file.getFileName().toString();
    return ofUser(
        name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name);
  }

  @Override
  public String toString() {
    return value;
  }
}
