// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a published experiment measured and how it is run again.
 *
 * @param name begins the names of the files that are written
 * @param title heads the page
 * @param input the data set
 * @param preprocessing how texts become vectors, by the names of the options of the command line
 * @param split how the documents are split where a table says nothing else
 * @param training options of all runs, by name
 * @param differs what differs from the papers
 * @param tables the tables, in the order of the page
 */
public record Experiment(
    String name,
    String title,
    InputSpec input,
    Map<String, String> preprocessing,
    SplitSpec split,
    Map<String, String> training,
    String differs,
    List<TableSpec> tables) {

  /** Checks. */
  public Experiment {
    requireFileName("name", name);
    title = title == null ? name : title;
    SpecCheck.requirePresent("input", input);
    SpecCheck.requirePresent("split", split);
    preprocessing = preprocessing == null ? Map.of() : Map.copyOf(preprocessing);
    training = training == null ? Map.of() : Map.copyOf(training);
    differs = differs == null ? "" : differs.strip();
    tables = SpecCheck.requireFilled("tables", tables);
    Set<String> names = new HashSet<>();
    for (TableSpec table : tables) {
      SpecCheck.require(names.add(table.name()), "tables", "have different names", table.name());
    }
    Preprocessing.options(preprocessing);
  }

  /** Checks a text that becomes part of a file's name. */
  static void requireFileName(String what, String text) {
    SpecCheck.requirePresent(what, text);
    SpecCheck.require(
        text.matches("[a-z0-9][a-z0-9-]*"), what, "be lower-case letters, digits and -", text);
  }

  /** The split of a table. */
  SplitSpec splitOf(TableSpec table) {
    return table.split() == null ? split : table.split();
  }
}
