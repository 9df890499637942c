// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.analysis.TokenizerKind;

/** Hashed n-grams beside a plain computation of them from strings. */
class HashedNgramsTest {

  private static final int TEXTS = Integer.getInteger("tests.ngrams.texts", 3000);

  /** Enough that no two n-grams of a text here share one by chance. */
  private static final int MANY = 1 << 20;

  private static SparseVector vector(HashedNgrams ngrams, List<String> terms) {
    return vectorizer(ngrams).transform(terms);
  }

  private static TfIdfVectorizer vectorizer(HashedNgrams ngrams) {
    TfIdfOptions counts = new TfIdfOptions(false, false, true, false, TfIdfOptions.Norm.NONE);
    return new TfIdfVectorizer(new Vocabulary(ngrams), counts);
  }

  private static List<Integer> weights(HashedNgrams ngrams, String... terms) {
    SparseVector vector = vector(ngrams, List.of(terms));
    List<Integer> weights = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      weights.add((int) vector.weight(i));
    }
    weights.sort(null);
    return weights;
  }

  /** Computed by hand: m of the words is 3, 4 and 5. */
  @Test
  void wordsWeighByTheirLengthAndRunsByTheSumOfTheirWords() {
    HashedNgrams ngrams = new HashedNgrams(MANY, 5, List.of(12, 3, 1));
    assertEquals(List.of(12, 21, 27, 36, 48, 60), weights(ngrams, "one", "four", "seventeen"));
    assertEquals(List.of(36), weights(ngrams, "one"));
    assertEquals(List.of(), weights(ngrams));
  }

  /** Ideographs count as three letters, kana and Thai consonants as two. */
  @Test
  void scriptsWithoutSpacesAreCutIntoCharacters() {
    HashedNgrams ngrams = new HashedNgrams(MANY, 8, List.of(10, 3, 1));
    assertEquals(List.of(30, 30, 30, 60, 60, 80), weights(ngrams, "\u65e5\u672c\u8a9e"));
    assertEquals(List.of(20, 20, 40), weights(ngrams, "\u3042\u3044"));
    assertEquals(weights(ngrams, "\u0e01\u0e02\u0e03"), weights(ngrams, "\u0e01", "\u0e02\u0e03"));
    assertEquals(List.of(20, 30, 30), weights(ngrams, "\u65e5ab\u672c"), "no run spans both");
    assertEquals(
        List.of(30), weights(ngrams, new String(Character.toChars(0x20BB7))), "beyond 16 bits");
  }

  @Test
  void orderIsAFeature() {
    HashedNgrams ngrams = new HashedNgrams(MANY, 8, List.of(12, 3, 1));
    SparseVector one = vector(ngrams, List.of("dog", "bites", "man"));
    SparseVector other = vector(ngrams, List.of("man", "bites", "dog"));
    assertEquals(6, one.size());
    assertEquals(9, IntStream.concat(ids(one), ids(other)).distinct().count());
    assertEquals(
        ids(vector(new HashedNgrams(MANY, 8, List.of(1)), List.of("dog", "man"))).boxed().toList(),
        ids(vector(new HashedNgrams(MANY, 8, List.of(1)), List.of("man", "dog"))).boxed().toList());
  }

  private static IntStream ids(SparseVector vector) {
    return IntStream.range(0, vector.size()).map(vector::id);
  }

  /** One pass, the token stream of Lucene, and strings: the same features of every text. */
  @Test
  void onePassGivesWhatTheDefinitionGives() {
    long seed = System.nanoTime();
    System.out.println("hashed n-grams with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TEXTS; i++) {
      HashedNgrams ngrams = ngrams(random);
      List<String> stopWords = random.nextBoolean() ? List.of() : List.of("a", "ab", "\u0431");
      AnalyzerSpec spec =
          new AnalyzerSpec(
              random.nextBoolean() ? TokenizerKind.WORD : TokenizerKind.LETTER,
              random.nextInt(4) > 0,
              stopWords,
              Stemmer.NONE,
              random.nextInt(1, 3));
      String text = text(random);
      TfIdfVectorizer vectorizer = vectorizer(ngrams);
      BagOfWords bag = new BagOfWords(vectorizer.vocabulary());
      TermScanner.of(spec, vectorizer.vocabulary()).orElseThrow().scan(text, Deadline.never(), bag);
      try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
        List<String> terms = analyzer.terms(text);
        SparseVector expected = plain(ngrams, terms);
        assertEquals(expected, vectorizer.transform(terms), text);
        assertEquals(expected, vectorizer.transform(bag), text);
        assertEquals(terms.size(), bag.terms(), text);
      }
    }
  }

  private static HashedNgrams ngrams(SplittableRandom random) {
    List<Integer> weights = new ArrayList<>();
    for (int n = random.nextInt(1, 5); n > 0; n--) {
      weights.add(random.nextInt(1, 20));
    }
    return new HashedNgrams(random.nextInt(1, 2000), random.nextInt(1, 20), weights);
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      int kind = random.nextInt(12);
      int character =
          switch (kind) {
            case 0 -> ' ';
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(0x3000, 0x3200);
            case 3 -> random.nextInt(0x4E00, 0xA000);
            case 4 -> random.nextInt(0x0E00, 0x0F00);
            case 5 -> random.nextInt(0x0400, 0x0500);
            case 6 -> random.nextInt(0x10000, 0x30000);
            case 7 -> random.nextInt(0xD800, 0xE000); // half a character
            default -> random.nextInt('a', 'd');
          };
      for (int repeat = random.nextInt(30) == 0 ? 40 : 1; repeat > 0; repeat--) {
        text.appendCodePoint(character);
      }
    }
    return text.toString();
  }

  /** The definition, from strings and lists; only the hash of a number is shared by chance. */
  private static SparseVector plain(HashedNgrams ngrams, List<String> terms) {
    TreeMap<Integer, Integer> buckets = new TreeMap<>();
    List<Long> run = new ArrayList<>();
    List<Integer> letters = new ArrayList<>();
    Boolean words = null;
    for (String term : terms) {
      for (String part : parts(term)) {
        int alone = alone(part.codePointAt(0));
        if (words == null || words != (alone == 0)) {
          run.clear();
          letters.clear();
        }
        words = alone == 0;
        run.add(words ? word(part) : mix(part.codePointAt(0) + 0xD1B54A32D192ED03L));
        letters.add(words ? part.codePointCount(0, part.length()) : alone);
        for (int n = 1; n <= Math.min(run.size(), ngrams.weights().size()); n++) {
          long hash = run.get(run.size() - n);
          int sum = 0;
          for (int i = run.size() - n; i < run.size(); i++) {
            hash = i == run.size() - n ? hash : mix(hash * 0x9E3779B97F4A7C15L + run.get(i));
            sum += words ? Math.min(letters.get(i), ngrams.fullLength()) : letters.get(i);
          }
          int weight =
              words
                  ? ngrams.weights().get(n - 1) * sum
                  : ngrams.weights().get(0) * Math.min(sum, ngrams.fullLength());
          buckets.merge((int) (((hash >>> 32) * ngrams.buckets()) >>> 32), weight, Integer::sum);
        }
      }
    }
    int[] ids = buckets.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] weights = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weights[i] = buckets.get(ids[i]);
    }
    return SparseVector.of(ids, weights);
  }

  /** A term, cut before and behind each character that is a term of its own. */
  private static List<String> parts(String term) {
    List<String> parts = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    term.codePoints()
        .forEach(
            c -> {
              if (alone(c) == 0) {
                word.appendCodePoint(c);
                return;
              }
              if (word.isEmpty() == false) {
                parts.add(word.toString());
                word.setLength(0);
              }
              parts.add(Character.toString(c));
            });
    if (word.isEmpty() == false) {
      parts.add(word.toString());
    }
    return parts;
  }

  private static int alone(int c) {
    boolean three =
        (c >= 0x3400 && c <= 0x4DBF)
            || (c >= 0x4E00 && c <= 0x9FFF)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0x20000 && c <= 0x3FFFF)
            || (c >= 0x3005 && c <= 0x3007);
    boolean two =
        (c >= 0x0E00 && c <= 0x109F)
            || (c >= 0x1780 && c <= 0x17FF)
            || (c >= 0x3040 && c <= 0x312F)
            || (c >= 0x31A0 && c <= 0x31FF)
            || (c >= 0xFF66 && c <= 0xFF9F);
    return three ? 3 : two ? 2 : 0;
  }

  private static long word(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    long hash = 0;
    for (int i = 0; i < bytes.length; i += 8) {
      long number = 0;
      for (int j = 0; j < 8 && i + j < bytes.length; j++) {
        number |= (bytes[i + j] & 0xFFL) << (8 * j);
      }
      hash = mix(hash ^ number);
    }
    return hash;
  }

  private static long mix(long h) {
    h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    return h ^ (h >>> 31);
  }

  /** What a bucket may sum up to ends at the largest int. */
  @Test
  void weightsDoNotOverflow() {
    HashedNgrams ngrams = new HashedNgrams(1, 1, List.of(2047));
    BagOfWords bag = new BagOfWords(new Vocabulary(ngrams));
    for (int i = 0; i < 1_100_000; i++) {
      bag.accept("a");
    }
    assertEquals((float) Integer.MAX_VALUE, vectorizer(ngrams).transform(bag).weight(0));
  }

  @Test
  void propertiesReadBack() {
    HashedNgrams ngrams = new HashedNgrams(30_000, 8, List.of(12, 3, 1));
    Map<String, String> properties = ngrams.toProperties();
    assertEquals("{buckets=30000, full_length=8, weights=12 3 1}", properties.toString());
    assertEquals(ngrams, HashedNgrams.fromProperties(properties));
    for (String[] wrong :
        new String[][] {
          {"buckets", "0", "[buckets] must be between [1] and [1048576], got [0]"},
          {"buckets", "x", "n-gram property [buckets] must be whole numbers, got [x]"},
          {"full_length", "33", "[full_length] must be between [1] and [32], got [33]"},
          {"weights", "", "n-gram property [weights] must be whole numbers, got []"},
          {"weights", "1 128", "[weights[2]] must be between [1] and [127], got [128]"},
          {"other", "1", "n-gram property [other] is unknown"}
        }) {
      Map<String, String> changed = new TreeMap<>(properties);
      changed.put(wrong[0], wrong[1]);
      assertEquals(
          wrong[2],
          assertThrows(IllegalArgumentException.class, () -> HashedNgrams.fromProperties(changed))
              .getMessage()
              .toLowerCase(Locale.ROOT));
    }
  }
}
