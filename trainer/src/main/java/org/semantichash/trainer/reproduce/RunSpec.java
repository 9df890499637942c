// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Map;
import java.util.TreeMap;

/**
 * A line of a table: a method with options.
 *
 * @param method its name
 * @param label how the line is called; the method's name where none is given
 * @param supervised whether the method sees labels
 * @param options of the method and of the training, by name
 * @param optionsByBits further options at some widths
 * @param paper the published precision by column; a column may be missing
 */
public record RunSpec(
    String method,
    String label,
    boolean supervised,
    Map<String, String> options,
    Map<Integer, Map<String, String>> optionsByBits,
    Map<String, Double> paper) {

  /** Checks. */
  public RunSpec {
    SpecCheck.requirePresent("method", method);
    label = label == null ? method : label;
    options = options == null ? Map.of() : Map.copyOf(options);
    optionsByBits = optionsByBits == null ? Map.of() : Map.copyOf(optionsByBits);
    paper = paper == null ? Map.of() : Map.copyOf(paper);
    paper.forEach((column, p) -> SpecCheck.require(p >= 0 && p <= 1, "paper", "be in [0, 1]", p));
  }

  /** All options at a width; what is said for the width comes last. */
  Map<String, String> optionsAt(int bits, Map<String, String> training) {
    Map<String, String> all = new TreeMap<>(training);
    all.putAll(options);
    all.putAll(optionsByBits.getOrDefault(bits, Map.of()));
    return all;
  }
}
