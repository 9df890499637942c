// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.util.EnumSet;
import java.util.Set;

/** What gives other terms with this Lucene than with the one that models are made for. */
final class OtherTerms {

  static final Set<AnalyzerType> LANGUAGES =
      EnumSet.of(AnalyzerType.ESTONIAN, AnalyzerType.PERSIAN, AnalyzerType.ROMANIAN);
  static final Set<Stemmer> STEMMERS =
      EnumSet.of(Stemmer.ESTONIAN, Stemmer.GERMAN, Stemmer.ROMANIAN, Stemmer.YIDDISH);

  private OtherTerms() {}
}
