// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.analysis.TokenizerKind;

/** The analyzer with Lucene's token streams is the oracle. */
class TermScannerTest {

  static Stream<AnalyzerSpec> specs() {
    return Stream.of(TokenizerKind.WORD, TokenizerKind.LETTER, TokenizerKind.WHITESPACE)
        .flatMap(
            tokenizer ->
                Stream.of(
                    new AnalyzerSpec(tokenizer, true, List.of("the", "été"), Stemmer.NONE, 2),
                    new AnalyzerSpec(tokenizer, false, List.of(), Stemmer.NONE, 1),
                    new AnalyzerSpec(tokenizer, true, List.of(), Stemmer.NONE, 4)));
  }

  /**
   * Every second term of these texts is known, so that a term read wrongly changes the counts, and
   * so are the stop words, which are in no text all the same.
   */
  private static void assertSameTerms(AnalyzerSpec spec, List<String> texts) {
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      TreeSet<String> terms = new TreeSet<>();
      texts.forEach(text -> terms.addAll(analyzer.terms(text)));
      terms.removeIf(term -> Vocabulary.isStorable(term) == false);
      terms.add("a?"); // what a term that ends in half a character would be in UTF-8
      List<String> all = List.copyOf(terms);
      TreeSet<String> known = new TreeSet<>(spec.stopWords());
      IntStream.range(0, all.size()).filter(i -> i % 2 == 0).mapToObj(all::get).forEach(known::add);
      Vocabulary vocabulary = vocabulary(known.stream());
      TermScanner scanner = TermScanner.of(spec, vocabulary).orElseThrow();
      for (String text : texts) {
        BagOfWords expected = new BagOfWords(vocabulary);
        analyzer.forEachTerm(text, expected);
        BagOfWords scanned = new BagOfWords(vocabulary);
        scanner.scan(text, Deadline.never(), scanned);
        assertEquals(expected.terms(), scanned.terms(), () -> spec + ": " + escaped(text));
        assertArrayEquals(
            expected.counts().ids(), scanned.counts().ids(), () -> spec + ": " + escaped(text));
        assertArrayEquals(
            expected.counts().counts(),
            scanned.counts().counts(),
            () -> spec + ": " + escaped(text));
      }
    }
  }

  private static Vocabulary vocabulary(Stream<String> terms) {
    List<String> list = terms.toList();
    return new Vocabulary(list, IntStream.range(0, list.size()).map(i -> 1).toArray(), 1);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                escaped.append(
                    c > ' ' && c < 127 ? "" + (char) c : String.format(Locale.ROOT, "\\u%04x", c)));
    return escaped.toString();
  }

  /** Every 16-bit unit, halves of surrogate pairs included, alone and between, before, behind. */
  @ParameterizedTest
  @MethodSource("specs")
  void readsEveryUnitOfTheBasicPlane(AnalyzerSpec spec) {
    List<String> texts = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      char unit = (char) c;
      texts.add("" + unit);
      texts.add("Ab" + unit + "cD " + unit + "the" + unit + " x" + unit + unit + unit + "Étéy");
    }
    assertSameTerms(spec, texts);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void readsEveryCharacterOfTheOtherPlanes(AnalyzerSpec spec) {
    List<String> texts = new ArrayList<>();
    for (int c = Character.MIN_SUPPLEMENTARY_CODE_POINT; c <= Character.MAX_CODE_POINT; c += 1) {
      if (Character.isDefined(c) && Character.getType(c) != Character.PRIVATE_USE) {
        String character = Character.toString(c);
        texts.add("Ab" + character + "cD " + character + " " + character.repeat(2));
      }
    }
    assertSameTerms(spec, texts);
  }

  /** Folding case must not change how many units a character has: tokens are cut before it. */
  @Test
  void noCharacterChangesItsUnitsInLowerCase() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertEquals(Character.charCount(c), Character.charCount(Character.toLowerCase(c)));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void readsRandomTexts(AnalyzerSpec spec) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      texts.add(randomText(random));
    }
    try {
      assertSameTerms(spec, texts);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static String randomText(SplittableRandom random) {
    int length = random.nextInt(random.nextBoolean() ? 40 : 700);
    int blanks = random.nextInt(1, 40);
    int ascii = random.nextInt(1, 11);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      if (random.nextInt(blanks) == 0) {
        text.append(" .-\n\u00a0\u3000\u2028,".charAt(random.nextInt(8)));
      } else if (random.nextInt(10) < ascii) {
        text.append("abcDEfgh\0_09zZ@[`{".charAt(random.nextInt(18)));
      } else if (random.nextInt(8) == 0) {
        text.append((char) random.nextInt(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1));
      } else {
        int plane = random.nextInt(6) == 0 ? Character.MAX_CODE_POINT : random.nextInt(1, 0x3000);
        text.appendCodePoint(random.nextInt(plane + 1));
      }
    }
    return text.toString();
  }

  /** A vocabulary has no term with a character 0, but a text may. */
  @ParameterizedTest
  @MethodSource("specs")
  void aTermThatEndsInCharactersOfZeroIsAnotherOne(AnalyzerSpec spec) {
    List<String> texts = new ArrayList<>();
    for (String term : List.of("a", "ab", "abcdefgh", "abcdefghijklmno", "abcdefghijklmnop")) {
      texts.add(term);
      texts.addAll(List.of(term + '\0', term + "\0\0 " + term, '\0' + term, term + "\0b"));
    }
    assertSameTerms(spec, texts);
  }

  /** Lucene cuts a token once it has 255 units, which a pair of surrogates can exceed by one. */
  @ParameterizedTest
  @MethodSource("specs")
  void cutsLongTokensWhereLuceneDoes(AnalyzerSpec spec) {
    List<String> texts = new ArrayList<>();
    for (int length : new int[] {15, 16, 17, 63, 64, 65, 254, 255, 256, 257, 510, 511, 5000}) {
      for (String piece : List.of("X", "é", "語", "\uD835\uDCB3", "ab\uD835\uDCB3", "é\uD835")) {
        for (String before : List.of("", " ", "b ", "the end ")) {
          texts.add(before + piece.repeat(length / piece.length() + 1));
          texts.add(before + piece.repeat(length / piece.length()) + " the B" + piece);
          texts.add(before + "y".repeat(length - 1) + piece + "\uD835\uDCB3z w");
        }
      }
    }
    assertSameTerms(spec, texts);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void stopsWhenTheTimeIsOver(AnalyzerSpec spec) {
    TermScanner scanner = TermScanner.of(spec, vocabulary(Stream.of("word"))).orElseThrow();
    for (String piece : List.of(" ", "the ", "a", "word ", "\uD835", "é", "語 ")) {
      BagOfWords bag = new BagOfWords(vocabulary(Stream.of("word")));
      assertThrows(
          Deadline.PassedException.class,
          () -> scanner.scan(piece.repeat(40_000), Deadline.in(-1), bag),
          piece);
      assertTrue(bag.terms() <= 20_000, piece);
      scanner.scan(piece.repeat(1000), Deadline.in(-1), bag); // a short text is read in any case
    }
  }

  @Test
  void leavesToLuceneWhatIsNotDecidedByCharacters() {
    Vocabulary vocabulary = vocabulary(Stream.of("the", "word"));
    assertFalse(isScanned(TokenizerKind.STANDARD, Stemmer.NONE, List.of(), vocabulary));
    assertFalse(isScanned(TokenizerKind.WORD, Stemmer.PORTER, List.of(), vocabulary));
    assertTrue(isScanned(TokenizerKind.WORD, Stemmer.NONE, List.of("the"), vocabulary));
    AnalyzerSpec language = AnalyzerSpec.of(AnalyzerType.GERMAN);
    assertTrue(TermScanner.of(language, vocabulary).isEmpty());
    AnalyzerSpec markup = AnalyzerSpec.defaults().withHtmlStrip(true);
    assertTrue(TermScanner.of(markup, vocabulary).isEmpty());
  }

  /** Half a character is in no term, though a term may hold what stands for it in UTF-8. */
  @Test
  void looksTermsUpByTheirUnits() {
    List<String> terms =
        List.of(
            "a",
            "\uFFFD",
            "x\uFFFDy",
            "\uD835\uDCB3",
            "é".repeat(300),
            "sixteen_bytes_in",
            "sixteen");
    Vocabulary vocabulary = vocabulary(terms.stream());
    BagOfWords bag = new BagOfWords(vocabulary);
    for (int id = 0; id < terms.size(); id++) {
      assertEquals(id, vocabulary.indexOf(terms.get(id)));
      assertEquals(id, vocabulary.indexOf(CharBuffer.wrap(terms.get(id))));
      bag.accept(terms.get(id));
    }
    for (String unknown :
        List.of(
            "", "b", "\uD835", "x\uDCB3y", "\uDCB3\uD835", "é".repeat(299), "sixteen_bytes_is")) {
      assertEquals(-1, vocabulary.indexOf(unknown), escaped(unknown));
      bag.accept(unknown);
    }
    assertEquals(terms.size() + 7, bag.terms());
    assertArrayEquals(IntStream.range(0, terms.size()).toArray(), bag.counts().ids());
  }

  private static boolean isScanned(
      TokenizerKind tokenizer, Stemmer stemmer, List<String> stopWords, Vocabulary vocabulary) {
    return TermScanner.of(new AnalyzerSpec(tokenizer, true, stopWords, stemmer, 1), vocabulary)
        .isPresent();
  }
}
