// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.semantichash.bagofwords.SparseVector;

/**
 * How many texts the vocabulary says anything of. A text without a known term gets the empty code,
 * whatever it is about.
 *
 * @param texts all
 * @param withoutTerms those without a known term
 */
public record TermCoverage(int texts, int withoutTerms) {

  private static final double WARNING_SHARE = 0.2;

  /** Of texts as vectors. */
  public static TermCoverage of(List<SparseVector> vectors) {
    int without = (int) vectors.stream().filter(vector -> vector.size() == 0).count();
    return new TermCoverage(vectors.size(), without);
  }

  /** For example [12 of 4000 texts (0.3 %) have no known term]. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%d of %d texts (%.1f %%) have no known term",
        withoutTerms,
        texts,
        100.0 * withoutTerms / Math.max(1, texts));
  }

  /** What is wrong when many texts have no known term. */
  public Optional<String> warning() {
    return withoutTerms > WARNING_SHARE * texts
        ? Optional.of(
            line()
                + " and get the empty code; look at --tokenizer, --min-df, --max-df and --stop-words:"
                + " a script without spaces, such as Japanese, needs --tokenizer standard"
                + " --min-length 1")
        : Optional.empty();
  }
}
