// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * What kind of analyzer cuts a text; in files and options by its lower-case name. The names are
 * those of Elasticsearch's language analyzers, and each runs the class of Lucene that Elasticsearch
 * runs, so the terms are the same.
 *
 * <p>Thai is missing: its tokenizer asks the Java platform for word boundaries, which are not the
 * same on every machine.
 */
public enum AnalyzerType {
  /** Made of a tokenizer, lower-casing, stop words and a stemmer, as the specification says. */
  CUSTOM,
  ARABIC,
  ARMENIAN,
  BASQUE,
  BENGALI,
  BRAZILIAN,
  BULGARIAN,
  CATALAN,
  /** Pairs of neighbouring characters of Chinese, Japanese and Korean; other words stay whole. */
  CJK,
  CZECH,
  DANISH,
  DUTCH,
  ENGLISH,
  ESTONIAN,
  FINNISH,
  FRENCH,
  GALICIAN,
  GERMAN,
  GREEK,
  HINDI,
  HUNGARIAN,
  INDONESIAN,
  IRISH,
  ITALIAN,
  LATVIAN,
  LITHUANIAN,
  NORWEGIAN,
  PERSIAN,
  PORTUGUESE,
  ROMANIAN,
  RUSSIAN,
  SERBIAN,
  SORANI,
  SPANISH,
  SWEDISH,
  TURKISH;

  /**
   * The language with this lower-case name.
   *
   * @throws IllegalArgumentException when there is none, with all names
   */
  public static AnalyzerType ofLanguage(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(values())
                        .skip(1)
                        .map(AnalyzerType::lowerCaseName)
                        .collect(
                            Collectors.joining(
                                ", ", "[language] must be one of [", "], got [" + name + "]"))));
  }

  /** The language with this lower-case name, if there is one. */
  static Optional<AnalyzerType> find(String name) {
    return Arrays.stream(values())
        .filter(type -> type != CUSTOM && type.lowerCaseName().equals(name))
        .findFirst();
  }

  /** Its name in files, options and Elasticsearch. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stop words of Elasticsearch's analyzer of this name, sorted; none for custom analyzers. */
  public List<String> stopWords() {
    return this == CUSTOM
        ? List.of()
        : AnalyzerSpec.StopWords.sorted(LuceneAnalyzers.stopWords(this)).stream()
            .filter(word -> word.indexOf(' ') < 0) // a comment in Lucene's Galician list
            .toList();
  }

  /** Lucene's analyzer of a language with these stop words. */
  Analyzer create(CharArraySet stopWords) {
    return LuceneAnalyzers.create(this, stopWords);
  }

  /** Apart, so that a node loads Lucene's analyzers only for a model that has one. */
  private static final class LuceneAnalyzers {

    static Analyzer create(AnalyzerType type, CharArraySet stopWords) {
      return switch (type) {
        case CUSTOM -> throw new IllegalArgumentException("[custom] is no language");
        case ARABIC -> new ArabicAnalyzer(stopWords);
        case ARMENIAN -> new ArmenianAnalyzer(stopWords);
        case BASQUE -> new BasqueAnalyzer(stopWords);
        case BENGALI -> new BengaliAnalyzer(stopWords);
        case BRAZILIAN -> new BrazilianAnalyzer(stopWords);
        case BULGARIAN -> new BulgarianAnalyzer(stopWords);
        case CATALAN -> new CatalanAnalyzer(stopWords);
        case CJK -> new CJKAnalyzer(stopWords);
        case CZECH -> new CzechAnalyzer(stopWords);
        case DANISH -> new DanishAnalyzer(stopWords);
        case DUTCH -> new DutchAnalyzer(stopWords);
        case ENGLISH -> new EnglishAnalyzer(stopWords);
        case ESTONIAN -> new EstonianAnalyzer(stopWords);
        case FINNISH -> new FinnishAnalyzer(stopWords);
        case FRENCH -> new FrenchAnalyzer(stopWords);
        case GALICIAN -> new GalicianAnalyzer(stopWords);
        case GERMAN -> new GermanAnalyzer(stopWords);
        case GREEK -> new GreekAnalyzer(stopWords);
        case HINDI -> new HindiAnalyzer(stopWords);
        case HUNGARIAN -> new HungarianAnalyzer(stopWords);
        case INDONESIAN -> new IndonesianAnalyzer(stopWords);
        case IRISH -> new IrishAnalyzer(stopWords);
        case ITALIAN -> new ItalianAnalyzer(stopWords);
        case LATVIAN -> new LatvianAnalyzer(stopWords);
        case LITHUANIAN -> new LithuanianAnalyzer(stopWords);
        case NORWEGIAN -> new NorwegianAnalyzer(stopWords);
        case PERSIAN -> new PersianAnalyzer(stopWords);
        case PORTUGUESE -> new PortugueseAnalyzer(stopWords);
        case ROMANIAN -> new RomanianAnalyzer(stopWords);
        case RUSSIAN -> new RussianAnalyzer(stopWords);
        case SERBIAN -> new SerbianAnalyzer(stopWords);
        case SORANI -> new SoraniAnalyzer(stopWords);
        case SPANISH -> new SpanishAnalyzer(stopWords);
        case SWEDISH -> new SwedishAnalyzer(stopWords);
        case TURKISH -> new TurkishAnalyzer(stopWords);
      };
    }

    static CharArraySet stopWords(AnalyzerType type) {
      return switch (type) {
        case CUSTOM -> CharArraySet.EMPTY_SET;
        case ARABIC -> ArabicAnalyzer.getDefaultStopSet();
        case ARMENIAN -> ArmenianAnalyzer.getDefaultStopSet();
        case BASQUE -> BasqueAnalyzer.getDefaultStopSet();
        case BENGALI -> BengaliAnalyzer.getDefaultStopSet();
        case BRAZILIAN -> BrazilianAnalyzer.getDefaultStopSet();
        case BULGARIAN -> BulgarianAnalyzer.getDefaultStopSet();
        case CATALAN -> CatalanAnalyzer.getDefaultStopSet();
        case CJK -> CJKAnalyzer.getDefaultStopSet();
        case CZECH -> CzechAnalyzer.getDefaultStopSet();
        case DANISH -> DanishAnalyzer.getDefaultStopSet();
        case DUTCH -> DutchAnalyzer.getDefaultStopSet();
        case ENGLISH -> EnglishAnalyzer.getDefaultStopSet();
        case ESTONIAN -> EstonianAnalyzer.getDefaultStopSet();
        case FINNISH -> FinnishAnalyzer.getDefaultStopSet();
        case FRENCH -> FrenchAnalyzer.getDefaultStopSet();
        case GALICIAN -> GalicianAnalyzer.getDefaultStopSet();
        case GERMAN -> GermanAnalyzer.getDefaultStopSet();
        case GREEK -> GreekAnalyzer.getDefaultStopSet();
        case HINDI -> HindiAnalyzer.getDefaultStopSet();
        case HUNGARIAN -> HungarianAnalyzer.getDefaultStopSet();
        case INDONESIAN -> IndonesianAnalyzer.getDefaultStopSet();
        case IRISH -> IrishAnalyzer.getDefaultStopSet();
        case ITALIAN -> ItalianAnalyzer.getDefaultStopSet();
        case LATVIAN -> LatvianAnalyzer.getDefaultStopSet();
        case LITHUANIAN -> LithuanianAnalyzer.getDefaultStopSet();
        case NORWEGIAN -> NorwegianAnalyzer.getDefaultStopSet();
        case PERSIAN -> PersianAnalyzer.getDefaultStopSet();
        case PORTUGUESE -> PortugueseAnalyzer.getDefaultStopSet();
        case ROMANIAN -> RomanianAnalyzer.getDefaultStopSet();
        case RUSSIAN -> RussianAnalyzer.getDefaultStopSet();
        case SERBIAN -> SerbianAnalyzer.getDefaultStopSet();
        case SORANI -> SoraniAnalyzer.getDefaultStopSet();
        case SPANISH -> SpanishAnalyzer.getDefaultStopSet();
        case SWEDISH -> SwedishAnalyzer.getDefaultStopSet();
        case TURKISH -> TurkishAnalyzer.getDefaultStopSet();
      };
    }
  }
}
