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
package org.semantichash.trainer.reproduce;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Options by name, which remember what was asked for, so that a misspelt name is an error. */
final class NamedOptions {

  private final Map<String, String> given;
  private final Set<String> asked = new TreeSet<>();

  NamedOptions(Map<String, String> given) {
    this.given = given;
  }

  int integer(String name, int otherwise) {
    String text = text(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid(name, "be a whole number", text, e);
    }
  }

  double number(String name, double otherwise) {
    String text = text(name);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw invalid(name, "be a number", text, e);
    }
  }

  boolean flag(String name, boolean otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    SpecCheck.require(text.matches("true|false"), name, "be [true] or [false]", text);
    return text.equals("true");
  }

  private String text(String name) {
    asked.add(name);
    return given.get(name);
  }

  private static IllegalArgumentException invalid(
      String name, String rule, String text, NumberFormatException e) {
    return new IllegalArgumentException("[" + name + "] must " + rule + ", got [" + text + "]", e);
  }

  /** Checks that every given name was asked for. */
  void requireAllUsed() {
    for (String name : given.keySet()) {
      if (asked.contains(name) == false) {
        throw new IllegalArgumentException("option [" + name + "] is unknown; known are " + asked);
      }
    }
  }
}
