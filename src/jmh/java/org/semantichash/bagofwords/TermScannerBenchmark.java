// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.TextAnalyzer;

/**
 * The term ids of a text of 100 words, two fifths of them stop words, over a vocabulary of 10,000
 * terms: in one pass, and by Lucene's token stream.
 *
 * <p>{@code mvn -q -Pjmh -pl src test -Djmh.args="TermScannerBenchmark"}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 9, time = 1)
public class TermScannerBenchmark {

  private static final int TERMS = 10_000;
  private static final int TEXTS = 4096;
  private static final int WORDS = 100;
  private static final double STOP_WORDS = 0.4;

  private final String[] texts = new String[TEXTS];
  private TextAnalyzer analyzer;
  private Vocabulary vocabulary;
  private TermScanner scanner;
  private int next;

  /** Texts of common terms more than of rare ones; some words begin with a capital. */
  @Setup
  public void setup() {
    SplittableRandom random = new SplittableRandom(1);
    AnalyzerSpec spec = AnalyzerSpec.defaults();
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < TERMS; i++) {
      int letters = random.nextInt(3, 10);
      StringBuilder term = new StringBuilder(Integer.toString(i, 36));
      random.ints(letters, 'a', 'z' + 1).forEach(term::appendCodePoint);
      terms.add(term.toString());
    }
    int[] frequencies = new int[TERMS];
    Arrays.fill(frequencies, 1);
    vocabulary = new Vocabulary(terms, frequencies, 1);
    analyzer = new TextAnalyzer(spec);
    scanner = TermScanner.of(spec, vocabulary).orElseThrow();
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = text(random, terms, spec.stopWords());
      check(texts[i]);
    }
  }

  private static String text(SplittableRandom random, List<String> terms, List<String> stopWords) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      if (random.nextDouble() < STOP_WORDS) {
        text.append(stopWords.get(random.nextInt(stopWords.size())));
      } else {
        String term = terms.get((int) Math.pow(TERMS, random.nextDouble()) - 1);
        text.append(Character.toUpperCase(term.charAt(0))).append(term, 1, term.length());
      }
      text.append(random.nextInt(12) == 0 ? ". " : " ");
    }
    return text.toString();
  }

  private void check(String text) {
    BagOfWords.Counts expected = tokenStream(text).counts();
    BagOfWords.Counts actual = onePass(text).counts();
    if (Arrays.equals(expected.ids(), actual.ids()) == false
        || Arrays.equals(expected.counts(), actual.counts()) == false) {
      throw new AssertionError("the terms differ: " + text);
    }
  }

  private BagOfWords tokenStream(String text) {
    BagOfWords bag = new BagOfWords(vocabulary);
    analyzer.forEachTerm(text, bag);
    return bag;
  }

  private BagOfWords onePass(String text) {
    BagOfWords bag = new BagOfWords(vocabulary);
    scanner.scan(text, Deadline.never(), bag);
    return bag;
  }

  private String text() {
    next = (next + 1) % TEXTS;
    return texts[next];
  }

  /** As the analyzer defines them. */
  @Benchmark
  public BagOfWords tokenStream() {
    return tokenStream(text());
  }

  /** As a node reads them. */
  @Benchmark
  public BagOfWords onePass() {
    return onePass(text());
  }
}
