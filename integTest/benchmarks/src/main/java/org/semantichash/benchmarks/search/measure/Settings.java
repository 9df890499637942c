// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

import java.util.Properties;

/**
 * What a run is told by properties; an empty one counts as absent.
 *
 * @param properties by their names
 */
public record Settings(Properties properties) {

  /** A text, without the white space around it. */
  public String text(String name, String otherwise) {
    String value = properties.getProperty(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }

  /** A whole number. */
  public int integer(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  /** A number. */
  public double number(String name, double otherwise) {
    return Double.parseDouble(text(name, Double.toString(otherwise)));
  }

  /** Whether something is wanted. */
  public boolean flag(String name, boolean otherwise) {
    return Boolean.parseBoolean(text(name, Boolean.toString(otherwise)));
  }
}
