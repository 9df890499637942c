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
package org.semantichash.analysis;

import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;

/** How a text is cut into tokens; in files and options by its lower-case name. */
public enum TokenizerKind {
  /** Runs of letters, digits and underscores: scikit-learn's {@code \w+}. */
  WORD {
    @Override
    Tokenizer create() {
      return CharTokenizer.fromTokenCharPredicate(c -> Character.isLetterOrDigit(c) || c == '_');
    }
  },
  /** Word boundaries of Unicode Standard Annex 29: Lucene's standard tokenizer. */
  STANDARD {
    @Override
    Tokenizer create() {
      return new StandardTokenizer();
    }
  },
  /** Runs of letters. */
  LETTER {
    @Override
    Tokenizer create() {
      return new LetterTokenizer();
    }
  },
  /** Everything between white space. */
  WHITESPACE {
    @Override
    Tokenizer create() {
      return new WhitespaceTokenizer();
    }
  };

  abstract Tokenizer create();
}
