// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options given by name as text, read one by one; what was read is known afterwards, defaults
 * included.
 */
public final class OptionReader {

  private final String owner;
  private final Map<String, String> given;
  private final Map<String, String> read = new TreeMap<>();

  /**
   * A reader.
   *
   * @param owner what the options belong to, for messages
   * @param given values by name
   */
  public OptionReader(String owner, Map<String, String> given) {
    this.owner = owner;
    this.given = Map.copyOf(given);
  }

  /** An integer of 32 bits. */
  public int integer(String name, int otherwise) {
    return (int) whole(name, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** An integer that is not below a number. */
  public int integer(String name, int otherwise, int least) {
    int value = integer(name, otherwise);
    require(value >= least, name, "at least [" + least + "]", value);
    return value;
  }

  /** An integer of 64 bits. */
  public long whole(String name, long otherwise) {
    return whole(name, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private long whole(String name, long otherwise, long least, long most) {
    String text = text(name, Long.toString(otherwise));
    try {
      long value = Long.parseLong(text);
      require(value >= least && value <= most, name, "an integer", text);
      return value;
    } catch (NumberFormatException e) {
      throw refused(name, "an integer", text);
    }
  }

  /** A number. */
  public double number(String name, double otherwise) {
    String text = text(name, Double.toString(otherwise));
    try {
      double value = Double.parseDouble(text);
      require(Double.isFinite(value), name, "a number", text);
      return value;
    } catch (NumberFormatException e) {
      throw refused(name, "a number", text);
    }
  }

  /** A number in a closed range. */
  public double number(String name, double otherwise, double least, double most) {
    double value = number(name, otherwise);
    require(value >= least && value <= most, name, "in [" + least + ", " + most + "]", value);
    return value;
  }

  /** true or false. */
  public boolean flag(String name, boolean otherwise) {
    return choice(name, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
  }

  /** One of some words. */
  public String choice(String name, String otherwise, List<String> choices) {
    String text = text(name, otherwise);
    require(choices.contains(text), name, "one of " + choices, text);
    return text;
  }

  private String text(String name, String otherwise) {
    String text = given.getOrDefault(name, otherwise);
    read.put(name, text);
    return text;
  }

  /** What was read so far, by name: the values given, else the defaults. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(new TreeMap<>(read));
  }

  /** Refuses names that nothing has read. */
  public void requireAllKnown() {
    for (String name : new TreeMap<>(given).keySet()) {
      if (read.containsKey(name) == false) {
        throw new IllegalArgumentException(
            "options of [" + owner + "] must be among " + read.keySet() + ", got [" + name + "]");
      }
    }
  }

  private static void require(boolean condition, String name, String rule, Object value) {
    if (condition == false) {
      throw refused(name, rule, value);
    }
  }

  private static IllegalArgumentException refused(String name, String rule, Object value) {
    return new IllegalArgumentException("[" + name + "] must be " + rule + ", got [" + value + "]");
  }
}
