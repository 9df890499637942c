// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.Version;

/**
 * Cuts texts into terms as an {@link AnalyzerSpec} says. Safe for use by many threads; every thread
 * keeps one Lucene token stream.
 */
public final class TextAnalyzer implements Closeable {

  private final AnalyzerSpec spec;
  private final Analyzer analyzer;

  /**
   * An analyzer; close it to let go of the token streams of all threads.
   *
   * @throws IllegalArgumentException when Lucene cuts terms here otherwise than where models are
   *     made
   */
  public TextAnalyzer(AnalyzerSpec spec) {
    this.spec = Objects.requireNonNull(spec, "spec");
    checkTerms(spec);
    Analyzer terms =
        spec.type() == AnalyzerType.CUSTOM
            ? new CustomAnalyzer(spec)
            : spec.type().create(stopSet(spec));
    this.analyzer = spec.htmlStrip() ? new HtmlStripAnalyzer(terms) : terms;
  }

  /** What this analyzer does. */
  public AnalyzerSpec spec() {
    return spec;
  }

  /**
   * Hands every term of a text to the sink, in the order of the text.
   *
   * @param text any text, also empty or with unpaired surrogates
   * @param sink gets a view that is valid only during the call: copy it with toString to keep it
   */
  public void forEachTerm(String text, Consumer<? super CharSequence> sink) {
    forEachTerm(analyzer.tokenStream("", text), sink);
  }

  /**
   * As {@link #forEachTerm(String, Consumer)} while there is time, at which it looks every few
   * thousand characters. The analyzer can be used on, also by this thread, when there is none.
   *
   * @throws Deadline.PassedException when the time is over before the text
   */
  public void forEachTerm(String text, Deadline deadline, Consumer<? super CharSequence> sink) {
    forEachTerm(analyzer.tokenStream("", new DeadlineReader(text, deadline)), sink);
  }

  private static void forEachTerm(TokenStream stream, Consumer<? super CharSequence> sink) {
    try (TokenStream terms = stream) {
      CharTermAttribute term = terms.getAttribute(CharTermAttribute.class);
      terms.reset();
      while (terms.incrementToken()) {
        sink.accept(term);
      }
      terms.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory cannot fail to be read
    }
  }

  /** All terms of a text, in the order of the text, with repeats. */
  public List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    forEachTerm(text, term -> terms.add(term.toString()));
    return terms;
  }

  @Override
  public void close() {
    analyzer.close();
  }

  private static void checkTerms(AnalyzerSpec spec) {
    if (OtherTerms.LANGUAGES.contains(spec.type())) {
      throw otherTerms("analyzer", spec.type());
    }
    if (OtherTerms.STEMMERS.contains(spec.stemmer())) {
      throw otherTerms("stemmer", spec.stemmer());
    }
  }

  private static IllegalArgumentException otherTerms(String kind, Enum<?> name) {
    return new IllegalArgumentException(
        "the "
            + kind
            + " ["
            + AnalyzerSpec.name(name)
            + "] must be that of Lucene 10, which models are made with; that of Lucene ["
            + Version.LATEST
            + "] gives other terms");
  }

  private static CharArraySet stopSet(AnalyzerSpec spec) {
    return CharArraySet.unmodifiableSet(new CharArraySet(spec.stopWords(), false));
  }

  private static final class CustomAnalyzer extends Analyzer {

    private final AnalyzerSpec spec;
    private final CharArraySet stopWords;

    CustomAnalyzer(AnalyzerSpec spec) {
      this.spec = spec;
      this.stopWords = stopSet(spec);
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer tokenizer = spec.tokenizer().create();
      TokenStream terms = tokenizer;
      if (spec.lowerCase()) {
        terms = new LowerCaseFilter(terms);
      }
      if (stopWords.isEmpty() == false) {
        terms = new StopFilter(terms, stopWords);
      }
      if (spec.minLength() > 1) {
        terms = new LengthFilter(terms, spec.minLength(), Integer.MAX_VALUE);
      }
      return new TokenStreamComponents(tokenizer, spec.stemmer().apply(terms));
    }
  }

  /** Leaves out tags and decodes entities before another analyzer reads the text. */
  private static final class HtmlStripAnalyzer extends AnalyzerWrapper {

    private final Analyzer terms;

    HtmlStripAnalyzer(Analyzer terms) {
      super(GLOBAL_REUSE_STRATEGY);
      this.terms = terms;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String fieldName) {
      return terms;
    }

    @Override
    protected Reader wrapReader(String fieldName, Reader reader) {
      return new HTMLStripCharFilter(reader);
    }
  }

  /**
   * A text that is read piece by piece while there is time. The tokenizer's side is the one to look
   * at the clock: a text of blanks or stop words alone never gives a term.
   */
  static final class DeadlineReader extends Reader {

    /** How many characters are read between two looks at the clock: about a thousand terms. */
    static final int PIECE = 1 << 13;

    private final String text;
    private final Deadline deadline;
    private int next;
    private int nextCheck = PIECE;

    /** A reader of the text; the first piece, and so a short text, is read in any case. */
    DeadlineReader(String text, Deadline deadline) {
      this.text = text;
      this.deadline = deadline;
    }

    /**
     * Reads as every reader does.
     *
     * @throws Deadline.PassedException when the time is over
     */
    @Override
    public int read(char[] buffer, int offset, int length) {
      if (next >= nextCheck) {
        deadline.check();
        nextCheck = next + PIECE;
      }
      int count = Math.min(Math.min(length, PIECE), text.length() - next);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      text.getChars(next, next + count, buffer, offset);
      next += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
