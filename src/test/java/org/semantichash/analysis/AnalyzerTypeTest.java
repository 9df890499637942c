// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.semantichash.analysis.AnalyzerType.CUSTOM;
import static org.semantichash.analysis.AnalyzerType.ESTONIAN;
import static org.semantichash.analysis.AnalyzerType.PERSIAN;
import static org.semantichash.analysis.AnalyzerType.ROMANIAN;
import static org.semantichash.analysis.AnalyzerType.SWEDISH;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.semantichash.encoder.ModelFormat;

/** Lucene's analyzers with their own defaults are the oracle: Elasticsearch runs those classes. */
class AnalyzerTypeTest {

  private static final List<String> SCRIPTS =
      List.of(
          "abcdefghijklmnopqrstuvwxyz'",
          "ABCXYZäöüßéèàçñõãøåæčšžığİIŞ’",
          "абвгдежзийклмнопрстуфхцчшщъыьэюя",
          "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآء١٢٣",
          "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह१२३़ािीुूेैोौं्",
          "日本語文章中国漢字ひらがなカタカナ한국어텍스트ＡＢＣｱｲｳ",
          "αβγδεζηθικλμνξοπρσςτυφχψω",
          "աբգդեզէըթժ অআইঈউকখগঘ");

  private static List<String> terms(AnalyzerSpec spec, String text) {
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      return analyzer.terms(text);
    }
  }

  private static List<String> lucene(Analyzer analyzer, String text) throws IOException {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }

  /** All that this Lucene cuts as the one does that models are made with. */
  private static Set<AnalyzerType> languages() {
    Set<AnalyzerType> languages = EnumSet.complementOf(EnumSet.of(CUSTOM));
    languages.removeAll(OtherTerms.LANGUAGES);
    return languages;
  }

  private static Set<AnalyzerType> all() {
    Set<AnalyzerType> all = languages();
    all.add(CUSTOM);
    return all;
  }

  private static String randomText(AnalyzerType type, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    List<String> stopWords = type.stopWords();
    while (text.length() < 2000) {
      switch (random.nextInt(6)) {
        case 0 -> text.append(stopWords.get(random.nextInt(stopWords.size())));
        case 1 -> text.append("1st, (example.org/x?y=z) ");
        case 2 -> text.appendCodePoint(random.nextInt(0x3000));
        default -> appendWord(text, SCRIPTS.get(random.nextInt(SCRIPTS.size())), random);
      }
      text.append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static void appendWord(StringBuilder text, String letters, SplittableRandom random) {
    for (int length = random.nextInt(1, 12); length > 0; length--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aLanguageGivesTheTermsOfLucenesAnalyzerAfterItWentThroughAFile(AnalyzerType type)
      throws Exception {
    AnalyzerSpec spec = AnalyzerSpec.fromProperties(AnalyzerSpec.of(type).toProperties());
    assertEquals(AnalyzerSpec.of(type), spec);
    assertTrue(spec.stopWords().size() <= ModelFormat.MAX_STOP_WORDS);
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (Analyzer oracle =
        type.create(CharArraySet.EMPTY_SET).getClass().getConstructor().newInstance()) {
      assertTrue(Modifier.isPublic(oracle.getClass().getModifiers()));
      for (int i = 0; i < 50; i++) {
        String text = randomText(type, random);
        assertEquals(lucene(oracle, text), terms(spec, text), () -> "seed " + seed + ": " + text);
      }
    }
  }

  /** Expected by the grammar of the language, but for what a stemmer makes of an ending. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENGLISH    | The banks' customers and the bank's customer | bank custom bank custom
          GERMAN     | Die Häuser der Städte und das Haus in der Stadt | haus stadt haus stadt
          FRENCH     | L'amour des chevaux et le cheval qu'il voit | amou cheval cheval voit
          SPANISH    | Las canciones y la canción | cancion cancion
          ITALIAN    | Dell'amico e gli amici | amico amici
          PORTUGUESE | Os meninos e o menino | menin menin
          DUTCH      | De steden en de stad van het kind | sted stad kinder
          RUSSIAN    | Книги и книга о больших городах и большом городе | книг книг больш город больш город
          ARABIC     | الكتاب و كتاب في المدينة ١٢ | كتاب كتاب مدين 12
          HINDI      | किताबें और किताब में लड़कों के लिए १२ | किताब किताब लडक 12
          TURKISH    | İstanbul'un ışık evlerinde ve evler için | istanbul ışık ev ev
          CJK        | 日本語 한국어 ＡＢＣ中文 and Lucene | 日本 本語 한국 국어 abc 中文 lucene
          """)
  void wordsAreCutAndStemmedAsTheLanguageSays(AnalyzerType type, String text, String expected) {
    assertEquals(List.of(expected.split(" ")), terms(AnalyzerSpec.of(type), text));
  }

  /**
   * What stored codes rest on: if another version of Lucene changes this digest, models that were
   * trained with that language would give other codes for the same texts.
   */
  @Test
  void theTermsOfEveryLanguageStayWhatTheyAre() throws Exception {
    // Lucene 9 has another list of stop words for Swedish; a model brings its own.
    Set<AnalyzerType> changed = EnumSet.of(ESTONIAN, PERSIAN, ROMANIAN, SWEDISH);
    Set<AnalyzerType> unchanged = languages();
    unchanged.removeAll(changed);
    assertEquals(
        "8b13c8db92f7c848d01236cfb7032bb8d32873a2deed233f29a6a0555573c781",
        digestOfTerms(unchanged));
    if (OtherTerms.LANGUAGES.isEmpty()) {
      assertEquals(
          "3f6a13a885663047ab19dc7edfc863b69433e6f7a0d0c351d1cd478dd3eb9910",
          digestOfTerms(changed));
    }
  }

  private static String digestOfTerms(Set<AnalyzerType> types) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (AnalyzerType type : types) {
      SplittableRandom random = new SplittableRandom(18);
      for (int i = 0; i < 20; i++) {
        String terms = String.join(" ", terms(AnalyzerSpec.of(type), randomText(type, random)));
        digest.update(terms.getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With another Lucene a model would give other codes for the same texts. */
  @Test
  void whatGivesOtherTermsIsRefused() {
    for (AnalyzerType type : OtherTerms.LANGUAGES) {
      checkRefused("analyzer", type, AnalyzerSpec.of(type));
    }
    for (Stemmer stemmer : OtherTerms.STEMMERS) {
      checkRefused(
          "stemmer",
          stemmer,
          new AnalyzerSpec(TokenizerKind.STANDARD, true, List.of(), stemmer, 1));
    }
  }

  private static void checkRefused(String kind, Enum<?> name, AnalyzerSpec spec) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new TextAnalyzer(spec)).getMessage();
    assertEquals(
        "the "
            + kind
            + " ["
            + name.name().toLowerCase(Locale.ROOT)
            + "] must be that of Lucene 10, which models are made with; that of Lucene ["
            + Version.LATEST
            + "] gives other terms",
        message);
  }

  @Test
  void aLanguageHasNoTokenizerStemmerOrLengthOfItsOwn() {
    for (AnalyzerSpec custom :
        List.of(
            new AnalyzerSpec(TokenizerKind.WORD, true, List.of(), Stemmer.NONE, 1),
            new AnalyzerSpec(TokenizerKind.STANDARD, false, List.of(), Stemmer.NONE, 1),
            new AnalyzerSpec(TokenizerKind.STANDARD, true, List.of(), Stemmer.GERMAN, 1),
            new AnalyzerSpec(TokenizerKind.STANDARD, true, List.of(), Stemmer.NONE, 2))) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  new AnalyzerSpec(
                      AnalyzerType.GERMAN,
                      false,
                      custom.tokenizer(),
                      custom.lowerCase(),
                      custom.stopWords(),
                      custom.stemmer(),
                      custom.minLength()));
      assertEquals(
          "the analyzer [german] must come without a tokenizer, a stemmer and a minimal length of"
              + " its own",
          e.getMessage());
    }
  }

  @Test
  void aFileSaysOnlyWhatIsKnown() {
    Map<String, String> properties = AnalyzerSpec.defaults().toProperties();
    assertEquals(
        Set.of("tokenizer", "lower_case", "stop_words", "stemmer", "min_length"),
        properties.keySet());
    assertError("[type] is unknown: [klingon]", properties, "type", "klingon");
    assertError(
        "[char_filter] must be [html_strip], got [mapping]", properties, "char_filter", "mapping");
    assertError("analyzer property [synonyms] is unknown", properties, "synonyms", "true");
  }

  private static void assertError(
      String message, Map<String, String> properties, String key, String value) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put(key, value);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AnalyzerSpec.fromProperties(changed));
    assertEquals(message, e.getMessage());
  }

  @Test
  void markupIsTextUnlessItIsStripped() {
    String html =
        "<p class='lead'>Caf&eacute;&nbsp;bar<br/>2 &lt; 3 and 4 > 1</p><!-- hidden -->"
            + "<script>var code = 1;</script><style>p { color: red }</style>&#x65e5;end";
    AnalyzerSpec plain =
        new AnalyzerSpec(TokenizerKind.WORD, true, List.of("and"), Stemmer.NONE, 1);
    AnalyzerSpec strip = plain.withHtmlStrip(true);
    assertEquals(
        List.of("p", "class", "lead", "caf", "eacute", "nbsp", "bar"),
        terms(plain, html).subList(0, 7));
    assertEquals(List.of("café", "bar", "2", "3", "4", "1", "日end"), terms(strip, html));
    assertEquals(strip, AnalyzerSpec.fromProperties(strip.toProperties()));
    AnalyzerSpec german = AnalyzerSpec.of(AnalyzerType.GERMAN).withHtmlStrip(true);
    assertEquals(german, AnalyzerSpec.fromProperties(german.toProperties()));
    assertEquals(List.of("haus"), terms(german, "<b>Die</b> H&auml;user"));
  }

  /** Half-open and endless markup is read to its end, in time that grows with its length. */
  @Test
  void brokenMarkupDoesNoHarm() {
    AnalyzerSpec strip = AnalyzerSpec.defaults().withHtmlStrip(true);
    for (String piece :
        List.of(
            "<", "<a ", "<a href=\"", "&", "&#", "<!--", "<script>", "</", "<![CDATA[", "a<b ")) {
      terms(strip, "before " + piece.repeat(1_000_000 / piece.length()));
    }
    assertEquals(List.of("next"), terms(strip, "next"));
  }

  /**
   * As Elasticsearch's standard tokenizer does: no word is that long, so no vocabulary has them.
   */
  @ParameterizedTest
  @MethodSource("all")
  void aTokenOf30000CharactersIsCutEvery255(AnalyzerType type) {
    AnalyzerSpec spec =
        type == AnalyzerType.CUSTOM ? AnalyzerSpec.defaults() : AnalyzerSpec.of(type);
    List<String> terms = terms(spec, "ab".repeat(15_000) + " word");
    assertEquals(119, terms.size());
    assertTrue(terms.subList(0, 118).stream().allMatch(term -> term.length() >= 100));
  }

  @Test
  void anAddressIsCutIntoItsNames() {
    String text = "See https://www.example.org/a_b/c?id=42#top, or write to mail@example.org.";
    assertEquals(
        List.of(
            "see", "https", "www", "example", "org", "a_b", "id", "42", "top", "write", "mail",
            "example", "org"),
        terms(AnalyzerSpec.defaults(), text));
    assertEquals(
        List.of(
            "see",
            "http",
            "www.example.org",
            "a_b",
            "c",
            "id",
            "42",
            "top",
            "write",
            "mail",
            "example.org"),
        terms(AnalyzerSpec.of(AnalyzerType.ENGLISH), text));
  }
}
