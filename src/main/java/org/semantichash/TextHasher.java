// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.BagOfWords;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TermScanner;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;

/**
 * Turns texts into codes: text, terms, sparse TF-IDF, bits. Safe for use by many threads; a call
 * runs in the thread that makes it.
 *
 * <p>A text without any known term gets the code that the encoder gives to the zero vector: the
 * model's {@code empty_code}. {@link HashedText#knownTerms()} tells such texts.
 */
public final class TextHasher implements Closeable {

  private final TextAnalyzer analyzer;
  private final Optional<TermScanner> scanner;
  private final TfIdfVectorizer vectorizer;
  private final Encoder encoder;

  /** A hasher that owns, and closes, the analyzer and the encoder. */
  public TextHasher(TextAnalyzer analyzer, TfIdfVectorizer vectorizer, Encoder encoder) {
    this(analyzer, TermScanner.of(analyzer.spec(), vectorizer.vocabulary()), vectorizer, encoder);
  }

  private TextHasher(
      TextAnalyzer analyzer,
      Optional<TermScanner> scanner,
      TfIdfVectorizer vectorizer,
      Encoder encoder) {
    this.analyzer = analyzer;
    this.scanner = scanner;
    this.vectorizer = vectorizer;
    this.encoder = Objects.requireNonNull(encoder, "encoder");
  }

  /**
   * The hasher of a model, run in plain Java where its graph is of the exported form, else by ONNX
   * Runtime: {@link Encoder#open}. It does not compare with the golden codes: call {@link #verify}
   * before the first use on a machine.
   *
   * @throws InvalidModelException when a sum of the network could overflow or ONNX Runtime refuses
   *     the graph
   * @throws org.semantichash.encoder.Encoder.UnavailableException when ONNX Runtime is needed and
   *     cannot be loaded
   */
  public static TextHasher open(EncoderModel model) {
    return of(model, Encoder.open(model));
  }

  /**
   * As {@link #open(EncoderModel)}, but run by ONNX Runtime in any case.
   *
   * @throws org.semantichash.encoder.Encoder.UnavailableException when it cannot be loaded
   */
  public static TextHasher openOnnxRuntime(EncoderModel model) {
    return of(model, OnnxEncoder.open(model));
  }

  /**
   * The hasher of a model with a network in integers that is to give its first codes soon, see
   * {@link org.semantichash.encoder.IntegerNetwork#inPlainLoops}; otherwise as {@link #open}.
   */
  public static TextHasher openInPlainLoops(EncoderModel model) {
    return of(model, model.network().orElseThrow().inPlainLoops());
  }

  /** This hasher with another encoder of the same model; one of both is to be closed. */
  public TextHasher with(Encoder other) {
    return new TextHasher(analyzer, scanner, vectorizer, other);
  }

  private static TextHasher of(EncoderModel model, Encoder encoder) {
    return new TextHasher(
        new TextAnalyzer(model.metadata().analyzer()), model.metadata().vectorizer(), encoder);
  }

  /** The width of the codes, in bits. */
  public int bits() {
    return encoder.bits();
  }

  /** What computes the codes: "java" or "onnxruntime". */
  public String encoderName() {
    return encoder.name();
  }

  /** About the bytes of the encoder, on the Java heap or outside it, and of the vocabulary. */
  public long bytes() {
    return encoder.bytes() + vectorizer.heapBytes();
  }

  /** The code of one text. */
  public HashedText hash(String text) {
    return hash(text, Deadline.never());
  }

  /**
   * The code of one text, while there is time to read it. What follows is not interrupted: it is
   * bounded, since a text has at most as many different known terms as the vocabulary.
   *
   * @throws org.semantichash.analysis.Deadline.PassedException when the time is over before the
   *     text
   */
  public HashedText hash(String text, Deadline deadline) {
    BagOfWords bag = bag(text, deadline);
    SparseVector vector = vectorizer.transform(bag);
    return new HashedText(encoder.encode(vector), vector, bag.terms());
  }

  /** What the bits of a hashed text were decided by, see {@link Encoder#activations}. */
  public float[] activations(HashedText hashed) {
    return encoder.activations(hashed.vector());
  }

  /**
   * Why a text has its code.
   *
   * @param hashed what {@link #hash} has made of it
   * @throws org.semantichash.analysis.Deadline.PassedException when the time is over before
   * @throws UnsupportedOperationException when the encoder has no activations
   */
  public TextExplanation explain(String text, HashedText hashed, Deadline deadline) {
    Vocabulary vocabulary = vectorizer.vocabulary();
    return new TextExplanation(
        vocabulary.ngrams().isPresent() ? List.of() : unknownTerms(text, vocabulary, deadline),
        TextExplanation.pulls(hashed.vector(), vocabulary, encoder, deadline));
  }

  private List<String> unknownTerms(String text, Vocabulary vocabulary, Deadline deadline) {
    Set<String> unknown = new LinkedHashSet<>();
    analyzer.forEachTerm(
        text,
        deadline,
        term -> {
          if (unknown.size() < TextExplanation.MOST_UNKNOWN && vocabulary.indexOf(term) < 0) {
            unknown.add(term.toString());
          }
        });
    return List.copyOf(unknown);
  }

  /** The codes of several texts, in one call of the encoder. */
  public List<HashedText> hash(List<String> texts) {
    List<SparseVector> vectors = new ArrayList<>(texts.size());
    int[] terms = new int[texts.size()];
    for (String text : texts) {
      BagOfWords bag = bag(text, Deadline.never());
      terms[vectors.size()] = bag.terms();
      vectors.add(vectorizer.transform(bag));
    }
    List<BinaryCode> codes = encoder.encode(vectors);
    List<HashedText> hashed = new ArrayList<>(texts.size());
    for (int i = 0; i < terms.length; i++) {
      hashed.add(new HashedText(codes.get(i), vectors.get(i), terms[i]));
    }
    return hashed;
  }

  /** The terms as the analyzer defines them, without its token stream where that can be. */
  private BagOfWords bag(String text, Deadline deadline) {
    BagOfWords bag = new BagOfWords(vectorizer.vocabulary());
    if (scanner.isPresent()) {
      scanner.get().scan(text, deadline, bag);
    } else {
      analyzer.forEachTerm(text, deadline, bag);
    }
    return bag;
  }

  /**
   * Proves that this machine computes the bits that the trainer wrote down.
   *
   * @throws InvalidModelException naming the first text whose code differs
   */
  public void verify(List<ModelMetadata.GoldenText> goldenTexts) {
    for (int i = 0; i < goldenTexts.size(); i++) {
      ModelMetadata.GoldenText golden = goldenTexts.get(i);
      BinaryCode actual = hash(golden.text()).code();
      if (actual.equals(golden.code()) == false) {
        throw new InvalidModelException(
            "golden text ["
                + i
                + "] must get code ["
                + golden.code()
                + "], got ["
                + actual
                + "] for ["
                + golden.text()
                + "]");
      }
    }
  }

  @Override
  public void close() {
    analyzer.close();
    encoder.close();
  }
}
