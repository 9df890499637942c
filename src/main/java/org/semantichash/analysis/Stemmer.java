// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
