// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.Split;

/**
 * Documents that leave the beginnings of some texts behind while they are read, so that a report
 * can show them: of an index no text is left when the training begins. Of a random split the first
 * documents of each part are a random sample.
 */
public final class TextSample implements DocumentSource {

  private static final int TRAINING = 50_000;
  private static final int HELD_OUT = 1_000;
  private static final int WHOLE = 500;
  private static final int WHOLE_LETTERS = 20_000;
  private static final int LETTERS = 160;

  private final DocumentSource source;
  private final List<Integer> training;
  private final List<Integer> heldOut;
  private final Map<Integer, SampledText> texts = new HashMap<>();
  private final Map<Integer, String> whole = new HashMap<>();
  private boolean isRead;

  /**
   * The beginning of a document.
   *
   * @param text at most 160 characters in one line
   * @param labels of the document
   */
  record SampledText(String text, List<String> labels) {

    static SampledText of(Document document) {
      String text = cut(document.text(), 2 * LETTERS).strip().replaceAll("\\s+", " ");
      String beginning = cut(text, LETTERS);
      boolean isAll = beginning.length() == text.length() && document.text().length() < 2 * LETTERS;
      return new SampledText(isAll ? beginning : beginning + "\u2026", document.labels());
    }
  }

  /**
   * A sample that fills when the documents are read for the first time.
   *
   * @param split of the numbers of the documents, from 0 in the order of the source
   */
  public TextSample(DocumentSource source, Split<Integer> split) {
    this.source = source;
    this.training = first(split.training(), TRAINING);
    this.heldOut = first(split.test().isEmpty() ? split.validation() : split.test(), HELD_OUT);
    training.forEach(number -> texts.put(number, null));
    heldOut.forEach(number -> texts.put(number, null));
    first(heldOut, WHOLE).forEach(number -> whole.put(number, null));
  }

  private static List<Integer> first(List<Integer> numbers, int most) {
    return List.copyOf(numbers.subList(0, Math.min(most, numbers.size())));
  }

  /** Never through a pair of surrogates. */
  private static String cut(String text, int letters) {
    if (text.length() <= letters) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(letters - 1));
    return text.substring(0, pair ? letters - 1 : letters);
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public void forEach(Consumer<Document> sink) {
    if (isRead) {
      source.forEach(sink);
      return;
    }
    int[] number = new int[1];
    source.forEach(
        document -> {
          take(number[0]++, document);
          sink.accept(document);
        });
    isRead = true;
  }

  private void take(int number, Document document) {
    if (texts.containsKey(number)) {
      texts.put(number, SampledText.of(document));
    }
    if (whole.containsKey(number)) {
      whole.put(number, cut(document.text(), WHOLE_LETTERS));
    }
  }

  /** The first documents of the training part, in its order. */
  List<SampledText> training() {
    return texts(training);
  }

  /** The first documents of the test part, or of the validation part where there is none. */
  List<SampledText> heldOut() {
    return texts(heldOut);
  }

  /** Up to 20,000 characters of each of the first 500 of those held out. */
  List<String> wholeTexts() {
    return first(heldOut, WHOLE).stream().map(whole::get).toList();
  }

  private List<SampledText> texts(List<Integer> numbers) {
    assert isRead;
    List<SampledText> found = new ArrayList<>(numbers.size());
    numbers.forEach(number -> found.add(texts.get(number)));
    return found;
  }
}
