// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.analysis.TokenizerKind;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;

/**
 * Finds the language of texts: by their letters, and among languages with the same letters by their
 * stop words. A stop word of several languages counts for each with an equal share.
 */
public final class LanguageSample {

  /** How many documents are looked at, evenly spread. */
  static final int DOCUMENTS = 1000;

  /** How many UTF-16 units of a document. */
  private static final int UNITS = 2000;

  /** A pair of characters stands for a word, so fewer of them say as much as letters do. */
  private static final double LEAST_CJK_LETTERS = 0.2;

  /**
   * In running text a fifth to two fifths of the words are stop words; in texts of a relative
   * without an analyzer, such as Polish beside Czech, up to an eighth.
   */
  private static final double LEAST_STOP_WORDS = 0.15;

  private static final Pattern TAG =
      Pattern.compile(
          "</?(a|article|b|body|br|div|em|font|h[1-6]|head|html|i|img|li|ol|p|pre|script|section"
              + "|span|strong|style|table|td|th|tr|ul)(\\s[^<>]{0,500})?/?>",
          Pattern.CASE_INSENSITIVE);

  private static final AnalyzerSpec WORDS =
      new AnalyzerSpec(TokenizerKind.LETTER, true, List.of(), Stemmer.NONE, 1);

  private final Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
  private final Map<String, Integer> counts = new HashMap<>();
  private int documents;
  private int marked;

  /** A sample of what there is. */
  public static LanguageSample of(DocumentSource source) {
    LanguageSample sample = new LanguageSample();
    int step = Math.max(1, source.size() / DOCUMENTS);
    int[] next = new int[1];
    try (TextAnalyzer analyzer = new TextAnalyzer(WORDS)) {
      source.forEach(
          document -> {
            if (next[0]++ % step == 0) {
              sample.add(document, analyzer);
            }
          });
    }
    return sample;
  }

  private void add(Document document, TextAnalyzer analyzer) {
    String text = document.text().substring(0, Math.min(UNITS, document.text().length()));
    String words = TAG.matcher(text).replaceAll(" ");
    documents++;
    marked += words.equals(text) ? 0 : 1;
    words
        .codePoints()
        .filter(Character::isLetter)
        .forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
    analyzer.forEachTerm(words, word -> counts.merge(word.toString(), 1, Integer::sum));
  }

  /** Which share of the documents has tags. */
  public double markup() {
    return documents == 0 ? 0 : (double) marked / documents;
  }

  /** The language, or none when there is none that says so clearly enough. */
  public Optional<FoundLanguage> language() {
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0) {
      return Optional.empty();
    }
    double cjk = 0;
    for (UnicodeScript script :
        List.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO)) {
      cjk += letters.getOrDefault(script, 0);
    }
    if (cjk / all >= LEAST_CJK_LETTERS) {
      return Optional.of(
          new FoundLanguage(
              AnalyzerType.CJK, cjk / all, "of the letters are Chinese, Japanese or Korean"));
    }
    return byStopWords();
  }

  private Optional<FoundLanguage> byStopWords() {
    Map<String, List<AnalyzerType>> languages = stopWords();
    Map<AnalyzerType, Double> scores = new EnumMap<>(AnalyzerType.class);
    Map<AnalyzerType, Integer> stopWords = new EnumMap<>(AnalyzerType.class);
    long all = counts.values().stream().mapToLong(Integer::intValue).sum();
    counts.forEach(
        (word, count) -> {
          List<AnalyzerType> types = languages.getOrDefault(word, List.of());
          for (AnalyzerType type : types) {
            scores.merge(type, (double) count / types.size(), Double::sum);
            stopWords.merge(type, count, Integer::sum);
          }
        });
    return scores.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .map(
            type ->
                new FoundLanguage(
                    type, (double) stopWords.get(type) / all, "of the words are its stop words"))
        .filter(found -> found.share() >= LEAST_STOP_WORDS);
  }

  /** Every stop word with its languages. */
  private static Map<String, List<AnalyzerType>> stopWords() {
    Map<String, List<AnalyzerType>> languages = new TreeMap<>();
    for (AnalyzerType type : AnalyzerType.values()) {
      if (type != AnalyzerType.CUSTOM && type != AnalyzerType.CJK) {
        for (String word : AnalyzerSpec.stopWords(type.lowerCaseName())) {
          languages.computeIfAbsent(word, unused -> new ArrayList<>()).add(type);
        }
      }
    }
    return languages;
  }

  /**
   * A language with what speaks for it.
   *
   * @param share 0 to 1
   * @param what of which things that is the share
   */
  public record FoundLanguage(AnalyzerType type, double share, String what) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s: %.0f %% %s", type.lowerCaseName(), 100 * share, what);
    }
  }
}
