// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What a run is told by the properties of Maven's command line; an empty one counts as absent.
 *
 * <p>All benchmarks know [phases] (names with commas between them), [results] (the folder for what
 * is written) and [again] or [NAME.again] (recorded rows of the phases are measured again). The
 * rest is described where it is read.
 *
 * @param repository the checkout
 * @param properties by their names
 */
public record Options(Path repository, Properties properties) {

  /** Of everything that is random. */
  public static final long SEED = 1;

  private static final String MODULE = "integTest/benchmarks";

  /** Of the system properties and the folder of the checkout, the first argument of a benchmark. */
  public static Options of(String... arguments) {
    return new Options(Path.of(arguments[0]).toAbsolutePath().normalize(), System.getProperties());
  }

  /** A text, without the white space around it. */
  public String text(String name, String otherwise) {
    String value = properties.getProperty(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }

  /** A whole number. */
  public int integer(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  /** Whole numbers with commas between them. */
  public List<Integer> integers(String name, String otherwise) {
    return Arrays.stream(text(name, otherwise).split(",")).map(Integer::valueOf).toList();
  }

  /** A number. */
  public double number(String name, double otherwise) {
    return Double.parseDouble(text(name, Double.toString(otherwise)));
  }

  /** Whether something is wanted. */
  public boolean flag(String name, boolean otherwise) {
    return Boolean.parseBoolean(text(name, Boolean.toString(otherwise)));
  }

  /**
   * The phases that [phases] names, or all.
   *
   * @throws IllegalArgumentException when one is not known
   */
  public List<String> phases(List<String> known) {
    List<String> wanted = List.of(text("phases", String.join(",", known)).split(","));
    for (String phase : wanted) {
      if (known.contains(phase) == false) {
        throw new IllegalArgumentException(
            "[phases] must be of " + known + ", got [" + phase + "]");
      }
    }
    return wanted;
  }

  /**
   * Where recorded results are: the module's folder for runs of full size, else the work folder;
   * [results] overrides both.
   */
  public Path results(boolean full, String name) {
    Path folder = full ? repository.resolve(MODULE).resolve("results") : work(name);
    return Path.of(text("results", folder.toString()));
  }

  /** A folder for temporary files. */
  public Path work(String name) {
    return repository.resolve(MODULE).resolve("target").resolve(name);
  }
}
