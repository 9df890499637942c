// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextAnalyzerTest {

  private static List<String> terms(AnalyzerSpec spec, String text) {
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      return analyzer.terms(text);
    }
  }

  private static AnalyzerSpec plain(TokenizerKind tokenizer) {
    return new AnalyzerSpec(tokenizer, false, List.of(), Stemmer.NONE, 1);
  }

  @Test
  void theDefaultKeepsLowerCaseWordsThatAreNoStopWords() {
    assertEquals(
        List.of("central", "bank", "raised", "rates", "25", "basis_points"),
        terms(
            AnalyzerSpec.defaults(),
            "The central-bank RAISED its rates by 25 basis_points, a g again"));
  }

  @Test
  void everyTokenizerCutsAsItsNameSays() {
    String text = "don't e-mail x_1 42";
    assertEquals(
        List.of("don", "t", "e", "mail", "x_1", "42"), terms(plain(TokenizerKind.WORD), text));
    assertEquals(
        List.of("don't", "e", "mail", "x_1", "42"), terms(plain(TokenizerKind.STANDARD), text));
    assertEquals(List.of("don", "t", "e", "mail", "x"), terms(plain(TokenizerKind.LETTER), text));
    assertEquals(
        List.of("don't", "e-mail", "x_1", "42"), terms(plain(TokenizerKind.WHITESPACE), text));
  }

  @Test
  void stopWordsGoAfterLowerCasingAndBeforeStemming() {
    AnalyzerSpec spec =
        new AnalyzerSpec(TokenizerKind.WORD, true, List.of("running", "rate"), Stemmer.ENGLISH, 1);
    assertEquals(List.of("run", "rate"), terms(spec, "Running runs RATES rate"));
  }

  @Test
  void shortTermsGoBeforeStemming() {
    AnalyzerSpec spec = new AnalyzerSpec(TokenizerKind.WORD, true, List.of(), Stemmer.PORTER, 4);
    assertEquals(List.of("cat"), terms(spec, "cat cats"));
  }

  @ParameterizedTest
  @EnumSource(Stemmer.class)
  void everyStemmerExists(Stemmer stemmer) {
    assumeFalse(OtherTerms.STEMMERS.contains(stemmer), "refused, as another test has it");
    AnalyzerSpec spec = new AnalyzerSpec(TokenizerKind.WORD, true, List.of(), stemmer, 1);
    assertEquals(1, terms(spec, "internationalization").size());
  }

  @Test
  void oddTextsDoNoHarm() {
    assertEquals(List.of(), terms(AnalyzerSpec.defaults(), ""));
    assertEquals(List.of(), terms(AnalyzerSpec.defaults(), "\ud83d \udc00 \u0000 \n"));
    assertEquals(List.of("left", "right"), terms(AnalyzerSpec.defaults(), "left\ud83dright"));
    assertEquals(List.of("日本語"), terms(AnalyzerSpec.defaults(), "日本語"));
    List<String> cut = terms(AnalyzerSpec.defaults(), "x".repeat(600));
    assertEquals(List.of(255, 255, 90), cut.stream().map(String::length).toList());
    assertEquals(2_000_000, terms(AnalyzerSpec.defaults(), "word ".repeat(2_000_000)).size());
  }

  @Test
  void anEqualSpecificationComesBackFromItsProperties() {
    for (TokenizerKind tokenizer : TokenizerKind.values()) {
      for (List<String> words : List.of(List.<String>of(), List.of("b", "a", "b"))) {
        AnalyzerSpec spec = new AnalyzerSpec(tokenizer, true, words, Stemmer.GERMAN, 3);
        assertEquals(spec, AnalyzerSpec.fromProperties(spec.toProperties()));
      }
    }
    assertEquals(
        AnalyzerSpec.defaults(),
        AnalyzerSpec.fromProperties(AnalyzerSpec.defaults().toProperties()));
  }

  @Test
  void badPropertiesAreNamed() {
    assertError("analyzer property [stemmer] is missing", "stemmer", null);
    assertError("[stemmer] is unknown: [klingon]", "stemmer", "klingon");
    assertError("[tokenizer] is unknown: [WORD]", "tokenizer", "WORD");
    assertError("[lower_case] must be [true] or [false], got [yes]", "lower_case", "yes");
    assertError("[min_length] must be a whole number, got [two]", "min_length", "two");
    assertError("[min_length] must be at least [1], got [0]", "min_length", "0");
  }

  private static void assertError(String message, String key, String value) {
    Map<String, String> properties = new TreeMap<>(AnalyzerSpec.defaults().toProperties());
    if (value == null) {
      properties.remove(key);
    } else {
      properties.put(key, value);
    }
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AnalyzerSpec.fromProperties(properties));
    assertEquals(message, e.getMessage());
  }

  @Test
  void stopWordListsHaveNames() {
    assertTrue(AnalyzerSpec.stopWords("english").contains("the"));
    assertTrue(AnalyzerSpec.stopWords("german").contains("und"));
    assertFalse(AnalyzerSpec.stopWords("german").contains("the"));
    assertTrue(AnalyzerSpec.stopWords("turkish").contains("ve"));
    assertEquals(List.of(), AnalyzerSpec.stopWords("none"));
    for (String unknown : List.of("klingon", "../english", "", "custom")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> AnalyzerSpec.stopWords(unknown));
      assertEquals(
          "[stop_words] must be [none] or a language that has a list such as [english], got ["
              + unknown
              + "]",
          e.getMessage());
    }
  }

  @Test
  void manyThreadsGetTheSameTerms() throws Exception {
    String text = "Interest rates rise again as the central bank tightens.";
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults());
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<String> expected = analyzer.terms(text);
      List<Callable<List<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        calls.add(() -> analyzer.terms(text));
      }
      for (Future<List<String>> future : threads.invokeAll(calls)) {
        assertEquals(expected, future.get());
      }
    }
  }
}
