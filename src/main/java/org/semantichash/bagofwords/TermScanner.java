// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.lucene.util.FixedBitSet;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TokenizerKind;

/**
 * Counts the terms of texts in one pass over their bytes in UTF-8: cuts, folds case, drops stop
 * words and short terms, and looks terms up, without a token stream. Safe for use by many threads.
 *
 * <p>The terms are those of {@link org.semantichash.analysis.TextAnalyzer}, which is what defines
 * them: Lucene's {@code CharTokenizer} (characters by code point, tokens cut once they have 255
 * UTF-16 units) and its filters of case, stop words and length.
 *
 * <p>Blocks of 64 bytes become masks of the bytes that belong to terms, so that the processor need
 * not guess where the next term begins or ends. A term of ASCII characters that fits into two
 * numbers is folded and looked up as these; all others are read character by character.
 */
public final class TermScanner {

  /** A token of this many UTF-16 units or more ends there, as in Lucene's tokenizers. */
  private static final int MAX_TOKEN = 255;

  /** How many bytes are read between two looks at the clock. */
  private static final int PIECE = 1 << 13;

  private static final int ASCII = 0x80;
  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;

  /** Characters below this have at most two bytes; what they are in a term is in a table. */
  private static final int TABLE = 0x800;

  private static final int SEPARATOR = -1; // no character

  private final TokenizerKind tokenizer;
  private final boolean lowerCase;
  private final int minLength;
  private final TermTable terms;
  private final TermTable stopWords;

  /** The terms of the vocabulary that are stop words, which no text has. */
  private final FixedBitSet stopTerms;

  /** For each byte 1 if it may be part of a term: an ASCII character, or part of any other. */
  private final byte[] inTerms = new byte[1 << Byte.SIZE];

  /** What each of the first characters is in a term, or {@link #SEPARATOR}. */
  private final int[] folded = new int[TABLE];

  private TermScanner(AnalyzerSpec spec, Vocabulary vocabulary) {
    this.tokenizer = spec.tokenizer();
    this.lowerCase = spec.lowerCase();
    this.minLength = spec.minLength();
    this.terms = vocabulary.table();
    this.stopWords = new TermTable(spec.stopWords());
    this.stopTerms = new FixedBitSet(vocabulary.size());
    for (String word : spec.stopWords()) {
      int id = vocabulary.ngrams().isPresent() ? -1 : vocabulary.indexOf(word);
      if (id >= 0) {
        stopTerms.set(id);
      }
    }
    for (int c = 0; c < TABLE; c++) {
      folded[c] = tokenizer.isTermCharacter(c) ? foldCase(c) : SEPARATOR;
    }
    for (int b = 0; b < inTerms.length; b++) {
      inTerms[b] = (byte) (b > Byte.MAX_VALUE || folded[b] != SEPARATOR ? 1 : 0);
    }
  }

  /**
   * The scanner that gives the same terms as the analyzer of this specification. There is none for
   * languages, markup, stemmers and tokenizers that look at more than one character.
   */
  public static Optional<TermScanner> of(AnalyzerSpec spec, Vocabulary vocabulary) {
    if (spec.type() != AnalyzerType.CUSTOM
        || spec.htmlStrip()
        || spec.stemmer() != Stemmer.NONE
        || spec.tokenizer().cutsByCharacter() == false) {
      return Optional.empty();
    }
    // Half a character stands for no term that a vocabulary has, but every term has a bucket.
    if (vocabulary.ngrams().isPresent() && spec.tokenizer().isTermCharacter('?')) {
      return Optional.empty();
    }
    return Optional.of(new TermScanner(spec, vocabulary));
  }

  /**
   * Adds the terms of a text to a bag of the same vocabulary.
   *
   * @param text any text, also empty or with unpaired surrogates, which are in no term of a
   *     vocabulary
   * @throws org.semantichash.analysis.Deadline.PassedException when the time is over before the
   *     text; the first few thousand characters, and so a short text, are read in any case
   */
  public void scan(String text, Deadline deadline, BagOfWords bag) {
    new Scan(bytes(text), deadline, bag).run();
  }

  /**
   * The text in UTF-8. Half a character becomes a question mark there; where that may be part of a
   * term, it is made a control character, which is part of terms too, but of none that is known.
   */
  private byte[] bytes(String text) {
    if (inTerms['?'] == 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? '\1' : c)
        .forEach(whole::appendCodePoint);
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  private int foldCase(int character) {
    return lowerCase ? Character.toLowerCase(character) : character;
  }

  /** Eight ASCII characters with every capital replaced by the small letter, if case is folded. */
  private long foldCase(long characters) {
    if (lowerCase == false) {
      return characters;
    }
    long fromA = characters + (0x80 - 'A') * ONES;
    long afterZ = characters + (0x7F - 'Z') * ONES;
    return characters | ((fromA ^ afterZ) & NOT_ASCII) >>> 2;
  }

  /** One text. */
  private final class Scan {

    private final byte[] text;
    private final Deadline deadline;
    private final BagOfWords bag;

    /** A folded term, and behind it what is read with its last bytes; made when needed. */
    private byte[] term;

    private int bytes;
    private int units;
    private int nextCheck = PIECE;

    Scan(byte[] text, Deadline deadline, BagOfWords bag) {
      this.text = text;
      this.deadline = deadline;
      this.bag = bag;
    }

    void run() {
      int start = -1; // of the run of bytes of terms that is being read; none
      for (int block = 0; block < text.length; block += Long.SIZE) {
        checkTime(block);
        long mask = mask(block);
        long edges = mask ^ (mask << 1 | (start < 0 ? 0 : 1));
        for (; edges != 0; edges &= edges - 1) {
          int edge = block + Long.numberOfTrailingZeros(edges);
          if (start < 0) {
            start = edge;
          } else {
            read(start, edge);
            start = -1;
          }
        }
      }
      if (start >= 0) {
        read(start, text.length);
      }
    }

    private void checkTime(int at) {
      if (at >= nextCheck) {
        deadline.check();
        nextCheck = at + PIECE;
      }
    }

    /** Bit i is 1 if byte i of the block may be part of a term. */
    private long mask(int block) {
      int length = Math.min(Long.SIZE, text.length - block);
      long mask = 0;
      for (int i = 0; i < length; i++) {
        mask |= (long) inTerms[text[block + i] & 0xFF] << i;
      }
      return mask;
    }

    /** Reads a run of bytes: one term, or several between characters that are not ASCII. */
    private void read(int from, int to) {
      int length = to - from;
      if (length < minLength) {
        return; // no character has fewer bytes in UTF-8 than units in UTF-16
      }
      if (length <= TermTable.WORD_BYTES && from <= text.length - TermTable.WORD_BYTES) {
        long first = TermTable.first(text, from, length);
        long second = TermTable.second(text, from, length);
        if (((first | second) & NOT_ASCII) == 0) {
          count(foldCase(first), foldCase(second), text, from, to);
          return;
        }
      }
      readCharacters(from, to);
    }

    private void readCharacters(int from, int to) {
      if (term == null) {
        term = new byte[3 * (MAX_TOKEN + 1) + TermTable.WORD_BYTES];
      }
      int next = from;
      while (next < to) {
        checkTime(next);
        int character = characterAt(next);
        int length = character < ASCII ? 1 : character < TABLE ? 2 : character < 0x10000 ? 3 : 4;
        int known = folded(character);
        if (known != SEPARATOR) {
          append(known);
        }
        if (known == SEPARATOR || units >= MAX_TOKEN) {
          endTerm();
        }
        next += length;
      }
      endTerm();
    }

    private int characterAt(int at) {
      int first = text[at];
      if (first >= 0) {
        return first;
      }
      if (first < (byte) 0xE0) {
        return (first & 0x1F) << 6 | rest(at + 1);
      }
      if (first < (byte) 0xF0) {
        return (first & 0x0F) << 12 | rest(at + 1) << 6 | rest(at + 2);
      }
      return (first & 0x07) << 18 | rest(at + 1) << 12 | rest(at + 2) << 6 | rest(at + 3);
    }

    private int rest(int at) {
      return text[at] & 0x3F;
    }

    private int folded(int character) {
      if (character < TABLE) {
        return folded[character];
      }
      return tokenizer.isTermCharacter(character) ? foldCase(character) : SEPARATOR;
    }

    private void append(int character) {
      units += Character.charCount(character);
      if (character < ASCII) {
        term[bytes++] = (byte) character;
        return;
      }
      if (character < TABLE) {
        term[bytes++] = (byte) (0xC0 | character >> 6);
      } else {
        if (character < 0x10000) {
          term[bytes++] = (byte) (0xE0 | character >> 12);
        } else {
          term[bytes++] = (byte) (0xF0 | character >> 18);
          term[bytes++] = (byte) (0x80 | (character >> 12 & 0x3F));
        }
        term[bytes++] = (byte) (0x80 | (character >> 6 & 0x3F));
      }
      term[bytes++] = (byte) (0x80 | (character & 0x3F));
    }

    private void endTerm() {
      if (units >= minLength) {
        long first = TermTable.first(term, 0, bytes);
        count(first, TermTable.second(term, 0, bytes), term, 0, bytes);
      }
      bytes = 0;
      units = 0;
    }

    private void count(long first, long second, byte[] where, int from, int to) {
      if (bag.isOfNgrams()) {
        if (stopWords.find(first, second, where, from, to) < 0) {
          bag.addNgrams(first, second, where, from, to);
        }
        return;
      }
      int id = terms.find(first, second, where, from, to);
      if (id >= 0
          ? stopTerms.get(id) == false
          : stopWords.find(first, second, where, from, to) < 0) {
        bag.add(id);
      }
    }
  }
}
