// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;

/** How a text is cut into tokens; in files and options by its lower-case name. */
public enum TokenizerKind {
  /** Runs of letters, digits and underscores: scikit-learn's {@code \w+}. */
  WORD {
    @Override
    public boolean isTermCharacter(int character) {
      return Character.isLetterOrDigit(character) || character == '_';
    }
  },
  /** Word boundaries of Unicode Standard Annex 29: Lucene's standard tokenizer. */
  STANDARD {
    @Override
    Tokenizer create() {
      return new StandardTokenizer();
    }

    @Override
    public boolean cutsByCharacter() {
      return false;
    }

    @Override
    public boolean isTermCharacter(int character) {
      throw new UnsupportedOperationException("[standard] looks at more than one character");
    }
  },
  /** Runs of letters. */
  LETTER {
    @Override
    public boolean isTermCharacter(int character) {
      return Character.isLetter(character);
    }
  },
  /** Everything between white space. */
  WHITESPACE {
    @Override
    public boolean isTermCharacter(int character) {
      return Character.isWhitespace(character) == false;
    }
  };

  Tokenizer create() {
    return CharTokenizer.fromTokenCharPredicate(this::isTermCharacter);
  }

  /** Whether each character alone decides if it belongs to a term. */
  public boolean cutsByCharacter() {
    return true;
  }

  /**
   * Whether a character belongs to terms.
   *
   * @param character a code point, or half of a surrogate pair
   * @throws UnsupportedOperationException unless {@link #cutsByCharacter}
   */
  public abstract boolean isTermCharacter(int character);
}
