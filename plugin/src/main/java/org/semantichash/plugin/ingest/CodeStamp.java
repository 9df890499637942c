// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.Arrays;
import java.util.Locale;
import org.semantichash.HashedText;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.LoadedModel;

/**
 * What a processor writes besides the bits of a code: the text of a {@link StampedCode}, whose
 * digests are right as they are made and are not checked again for every document.
 *
 * @param provenance whether the code says which model made it
 * @param skipUnchanged whether it says of which text it is too, and is kept as long as both stay
 * @param empty what becomes of texts of which the model knows too few terms
 */
record CodeStamp(boolean provenance, boolean skipUnchanged, EmptyTexts empty) {

  /**
   * Checks that what is kept can be recognised.
   *
   * @throws IllegalArgumentException when unchanged texts are to be skipped without provenance
   */
  CodeStamp {
    if (skipUnchanged && provenance == false) {
      throw new IllegalArgumentException(
          "[skip_unchanged] can be [true] only with [provenance] [true], got [false]");
    }
  }

  /**
   * The text of a code.
   *
   * @param stored what the document has now, or null
   * @return null when the text gets no code
   * @throws IllegalArgumentException when it is to have one, and the model knows too few terms
   */
  String code(LoadedModel model, String text, Object stored) {
    if (provenance == false) {
      return stamped(model, text, "");
    }
    if (skipUnchanged == false) {
      return stamped(model, text, model.stampSuffix());
    }
    String stamp = model.stampSuffix() + ":" + digest(text);
    if (stored instanceof String old && isStamped(old, stamp, model)) {
      model.skipped();
      return old;
    }
    return stamped(model, text, stamp);
  }

  /**
   * The digest of a text and, where it is not the default, of the number of known terms that the
   * text needed: a code that was made by another number is not kept.
   */
  private String digest(String text) {
    return StampedCode.digestOfText(
        empty.minTerms() == 1 ? text : "min_terms=" + empty.minTerms() + '\n' + text);
  }

  private String stamped(LoadedModel model, String text, String stamp) {
    HashedText hashed = model.hash(text);
    if (empty.include(hashed) == false) {
      return hashed.code().toHex(stamp);
    }
    if (empty.rule() == EmptyTexts.Rule.FAIL) {
      throw new IllegalArgumentException(
          "the text must have at least ["
              + empty.minTerms()
              + "] different terms that model ["
              + model.id()
              + "] knows, got ["
              + hashed.knownTerms()
              + "]");
    }
    return empty.rule() == EmptyTexts.Rule.HASH ? model.emptyCode().toHex(stamp) : null;
  }

  /** A code that says nothing is not kept where such texts get none. */
  private boolean isStamped(String stored, String stamp, LoadedModel model) {
    // What ends otherwise need not be parsed, and what is no code at all is no error here.
    if (stored.endsWith(stamp) == false) {
      return false;
    }
    try {
      String bits = stored.substring(0, stored.length() - stamp.length());
      BinaryCode code = BinaryCode.parse(bits, model.bits());
      return empty.rule() == EmptyTexts.Rule.HASH || code.equals(model.emptyCode()) == false;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * How texts are handled of which the model knows fewer than {@code minTerms} different terms.
   *
   * @param rule how such a text is handled
   * @param minTerms the number of different known terms from which on a text is hashed
   */
  record EmptyTexts(Rule rule, int minTerms) {

    /** How such a text is handled. */
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
}
