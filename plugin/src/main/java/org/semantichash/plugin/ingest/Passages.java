// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * How a long text is cut into passages that overlap: so many words each, where words are those of
 * Lucene's standard tokenizer (Unicode Standard Annex 29), which takes each character of Chinese
 * and Japanese for one.
 *
 * @param size words of a passage; the last may have fewer
 * @param overlap words that a passage shares with the one before
 */
record Passages(int size, int overlap) {

  private static final String SIZE = "size";
  private static final String OVERLAP = "overlap";
  private static final int DEFAULT_SIZE = 200;
  private static final int DEFAULT_OVERLAP = 20;

  /**
   * More would be documents of an index that nobody wants: 1,000 passages of 200 words are a book.
   */
  static final int MOST = 10_000;

  Passages {
    if (size < 1) {
      throw new IllegalArgumentException(
          "[chunk.size] must be at least [1] word, got [" + size + "]");
    }
    if (overlap < 0 || overlap >= size) {
      throw new IllegalArgumentException(
          "[chunk.overlap] must be at least [0] and less than [chunk.size] ["
              + size
              + "], got ["
              + overlap
              + "]");
    }
  }

  /**
   * As a pipeline says it.
   *
   * @throws IllegalArgumentException for other keys, and values that are no whole numbers
   */
  static Passages of(Map<String, Object> config) {
    TreeSet<String> unknown = new TreeSet<>(config.keySet());
    unknown.remove(SIZE);
    unknown.remove(OVERLAP);
    if (unknown.isEmpty() == false) {
      throw new IllegalArgumentException(
          "[chunk] must have the keys [size] and [overlap] only, got " + unknown);
    }
    int size = number(config, SIZE, DEFAULT_SIZE);
    return new Passages(size, number(config, OVERLAP, Math.min(DEFAULT_OVERLAP, size - 1)));
  }

  private static int number(Map<String, Object> config, String key, int otherwise) {
    Object value = config.getOrDefault(key, otherwise);
    if (value instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(
        "[chunk." + key + "] must be a whole number of words, got [" + value + "]");
  }

  /**
   * The passages of a text, in its order: none of a text without a word, one of a text of at most
   * {@link #size} words. All words are in a passage.
   *
   * @throws IllegalArgumentException when there are more than {@link #MOST}
   */
  List<Passage> of(String text) {
    List<int[]> words = words(text);
    List<Passage> passages = new ArrayList<>();
    for (int first = 0; first < words.size(); first += size - overlap) {
      int last = Math.min(first + size, words.size()) - 1;
      passages.add(new Passage(words.get(first)[0], words.get(last)[1]));
      if (passages.size() > MOST) {
        throw new IllegalArgumentException(
            "the text must have at most ["
                + MOST
                + "] passages, got more: it has ["
                + words.size()
                + "] words and [chunk] is "
                + this);
      }
      if (last == words.size() - 1) {
        break;
      }
    }
    return passages;
  }

  /** Start and end of each word. */
  private static List<int[]> words(String text) {
    List<int[]> words = new ArrayList<>();
    try (StandardTokenizer tokenizer = new StandardTokenizer()) {
      OffsetAttribute offsets = tokenizer.getAttribute(OffsetAttribute.class);
      tokenizer.setReader(new StringReader(text));
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        words.add(new int[] {offsets.startOffset(), offsets.endOffset()});
      }
      tokenizer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory cannot fail to be read
    }
    return words;
  }

  /**
   * A part of a text.
   *
   * @param start of its first character, in UTF-16 units
   * @param end behind its last
   */
  record Passage(int start, int end) {}
}
