// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.util.List;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.regex.Regex;

/**
 * Names of models, or patterns with {@code *}; none, or {@code _all}, stands for all.
 *
 * @param patterns what was asked for
 */
public record NamePatterns(List<String> patterns) {

  /** Copies the list. */
  public NamePatterns {
    patterns = patterns.equals(List.of("_all")) ? List.of() : List.copyOf(patterns);
  }

  /** From a list with commas, or null. */
  public static NamePatterns parse(String names) {
    return new NamePatterns(List.of(Strings.splitStringByCommaToArray(names)));
  }

  /** Whether a name was asked for. */
  public boolean matches(String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> Regex.simpleMatch(p, name));
  }

  /**
   * Checks what was found.
   *
   * @param kind what the names are of
   * @param found the names that were found
   * @param allowNoMatch whether it is right that patterns match nothing
   * @throws ResourceNotFoundException when a name, not a pattern, is missing
   */
  void requireFound(String kind, List<String> found, boolean allowNoMatch) {
    List<String> missing = missing(found);
    if (missing.isEmpty() == false) {
      throw new ResourceNotFoundException("{} {} not found", kind, missing);
    }
    if (found.isEmpty() && allowNoMatch == false) {
      throw new ResourceNotFoundException("no {} matches {}", kind, patterns);
    }
  }

  /** The names, not patterns, that none of these is. */
  private List<String> missing(List<String> names) {
    return patterns.stream()
        .filter(p -> Regex.isSimpleMatchPattern(p) == false && names.contains(p) == false)
        .toList();
  }
}
