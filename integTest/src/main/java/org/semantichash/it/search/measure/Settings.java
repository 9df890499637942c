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
package org.semantichash.it.search.measure;

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
