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

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/**
 * How a term is reduced to its stem; in files and options by its lower-case name. The languages are
 * those of Lucene's Snowball stemmers.
 */
public enum Stemmer {
  /** Terms stay as they are. */
  NONE(null),
  /** Porter's first English stemmer. */
  PORTER(null),
  ARABIC("Arabic"),
  ARMENIAN("Armenian"),
  BASQUE("Basque"),
  CATALAN("Catalan"),
  DANISH("Danish"),
  DUTCH("Dutch"),
  /** Porter's second English stemmer. */
  ENGLISH("English"),
  ESTONIAN("Estonian"),
  FINNISH("Finnish"),
  FRENCH("French"),
  GERMAN("German"),
  GREEK("Greek"),
  HINDI("Hindi"),
  HUNGARIAN("Hungarian"),
  INDONESIAN("Indonesian"),
  IRISH("Irish"),
  ITALIAN("Italian"),
  LITHUANIAN("Lithuanian"),
  NEPALI("Nepali"),
  NORWEGIAN("Norwegian"),
  PORTUGUESE("Portuguese"),
  ROMANIAN("Romanian"),
  RUSSIAN("Russian"),
  SERBIAN("Serbian"),
  SPANISH("Spanish"),
  SWEDISH("Swedish"),
  TAMIL("Tamil"),
  TURKISH("Turkish"),
  YIDDISH("Yiddish");

  private final String snowballName;

  Stemmer(String snowballName) {
    this.snowballName = snowballName;
  }

  TokenStream apply(TokenStream terms) {
    return switch (this) {
      case NONE -> terms;
      case PORTER -> new PorterStemFilter(terms);
      default -> new SnowballFilter(terms, snowballName);
    };
  }
}
