// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.Arrays;
import java.util.Locale;
import org.semantichash.HashedText;

/**
 * What becomes of texts of which the model knows too few terms for a code that says something.
 *
 * @param rule what becomes of them
 * @param minTerms how many different known terms a text needs to be none of them
 */
record EmptyTexts(Rule rule, int minTerms) {

  /** What can become of them. */
  enum Rule {
    /** They get the code of a text without any known term. */
    HASH,
    /** They get no code, and lose the one that they have. */
    SKIP,
    /** They fail their documents. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the number of terms. */
  EmptyTexts {
    if (minTerms < 1) {
      throw new IllegalArgumentException(
          "[min_terms] must be at least [1], got [" + minTerms + "]");
    }
  }

  /** As a pipeline names the rule. */
  static EmptyTexts of(String rule, int minTerms) {
    return new EmptyTexts(
        Arrays.stream(Rule.values())
            .filter(known -> known.toString().equals(rule))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "[empty] must be one of "
                            + Arrays.toString(Rule.values())
                            + ", got ["
                            + rule
                            + "]")),
        minTerms);
  }

  /** Whether a text is one of them. */
  boolean include(HashedText hashed) {
    return hashed.knownTerms() < minTerms;
  }
}
