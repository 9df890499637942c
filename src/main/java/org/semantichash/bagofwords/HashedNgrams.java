// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Features of texts that need no vocabulary: every run of one to a few terms is hashed to one of a
 * fixed number of buckets (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning",
 * ICML 2009; without their signs, since random projections of buckets have signs of their own). So
 * texts in any language have features, and the order of their words is one.
 *
 * <ul>
 *   <li>A word counts for more the longer it is, as the inverse document frequency would have it in
 *       most languages: <i>m = min(letters, full_length)</i>. An n-gram of words weighs
 *       <i>weights[n]</i> times the sum of the <i>m</i> of its words.
 *   <li>Scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese,
 *       Tibetan) are cut into characters, and their n-grams weigh like a word: <i>weights[1]</i>
 *       times <i>m</i>, where an ideograph counts as three letters and any other such character as
 *       two. No n-gram spans words and such characters.
 *   <li>The weight of a bucket is the sum of its n-grams' weights, each as often as it occurs.
 * </ul>
 *
 * <p>What is hashed is the term in UTF-8, in numbers of eight bytes, by the finalizer of SplitMix64
 * (Steele, Lea and Flood, OOPSLA 2014). A model file depends on every bit of this: none may change.
 *
 * @param buckets how many there are, 1 to 2^20
 * @param fullLength a word of so many letters or more has the full weight
 * @param weights of runs of one, two and so on terms, each at least 1
 */
public record HashedNgrams(int buckets, int fullLength, List<Integer> weights) {

  /** The lower bits of an occurrence in a bag, which hold its weight; its bucket is above. */
  static final int WEIGHT_BITS = 11;

  private static final int MAX_BUCKETS = 1 << (Integer.SIZE - 1 - WEIGHT_BITS);
  private static final int MAX_ORDER = 8;
  private static final String BUCKETS = "buckets";
  private static final String FULL_LENGTH = "full_length";
  private static final String WEIGHTS = "weights";

  /** Checks the numbers. */
  public HashedNgrams {
    require(BUCKETS, buckets, 1, MAX_BUCKETS);
    require(FULL_LENGTH, fullLength, 1, 1 << 5);
    weights = List.copyOf(weights);
    require("number of " + WEIGHTS, weights.size(), 1, MAX_ORDER);
    for (int n = 1; n <= weights.size(); n++) {
      int most = ((1 << WEIGHT_BITS) - 1) / (n * fullLength);
      require(WEIGHTS + "[" + n + "]", weights.get(n - 1), 1, most);
    }
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "[" + name + "] must be between [" + least + "] and [" + most + "], got [" + value + "]");
    }
  }

  /** The properties from which {@link #fromProperties} makes equal features. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(BUCKETS, Integer.toString(buckets));
    properties.put(FULL_LENGTH, Integer.toString(fullLength));
    properties.put(WEIGHTS, weights.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    return properties;
  }

  /**
   * The features with these properties.
   *
   * @throws IllegalArgumentException when a property is missing, unknown or not valid
   */
  public static HashedNgrams fromProperties(Map<String, String> properties) {
    for (String key : properties.keySet()) {
      if (List.of(BUCKETS, FULL_LENGTH, WEIGHTS).contains(key) == false) {
        throw new IllegalArgumentException("n-gram property [" + key + "] is unknown");
      }
    }
    return new HashedNgrams(
        numbers(properties, BUCKETS).getFirst(),
        numbers(properties, FULL_LENGTH).getFirst(),
        numbers(properties, WEIGHTS));
  }

  private static List<Integer> numbers(Map<String, String> properties, String key) {
    String value = properties.get(key);
    try {
      return Arrays.stream(String.valueOf(value).split(" ", MAX_ORDER + 1))
          .map(Integer::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "n-gram property [" + key + "] must be whole numbers, got [" + value + "]", e);
    }
  }

  /** The bucket of a hash. */
  private int bucket(long hash) {
    return (int) (((hash >>> Integer.SIZE) * buckets) >>> Integer.SIZE);
  }

  private static long mix(long h) {
    long a = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /** The n-grams of one text, while its terms come in. Not safe for several threads. */
  final class Reader {

    private static final long NOT_ASCII = 0x8080808080808080L;

    /** What the hash of a run is multiplied by before the next term is added: the golden ratio. */
    private static final long NEXT = 0x9E3779B97F4A7C15L;

    /** Sets a character of its own apart from a word of one character. */
    private static final long ALONE = 0xD1B54A32D192ED03L;

    private final BagOfWords bag;
    private final int order = weights.size();
    private final int[] factors = weights.stream().mapToInt(Integer::intValue).toArray();

    /** Of the runs of one, two and so on terms that end with the last term. */
    private final long[] hashes = new long[order];

    /** Of each of these runs the sum of m, or the letters of characters. */
    private final int[] sums = new int[order];

    /** How many of them there are. */
    private int runs;

    private boolean inWords;

    Reader(BagOfWords bag) {
      this.bag = bag;
    }

    /**
     * Reads a term.
     *
     * @param first its first eight bytes in UTF-8, as {@link TermTable#first} gives them
     * @param second the next eight
     * @param text where it stands; read only where it is longer or not ASCII
     */
    void read(long first, long second, byte[] text, int from, int to) {
      int length = to - from;
      if (length <= TermTable.WORD_BYTES && ((first | second) & NOT_ASCII) == 0) {
        long hash = mix(first);
        addWord(length > Long.BYTES ? mix(hash ^ second) : hash, length);
      } else {
        readCharacters(text, from, to);
      }
    }

    /** Cuts the term where its script is written without spaces. */
    private void readCharacters(byte[] text, int from, int to) {
      int start = from;
      int letters = 0;
      for (int at = from; at < to; ) {
        int first = text[at];
        int bytes = first >= 0 ? 1 : Integer.numberOfLeadingZeros(~first << 24);
        int character = character(text, at, bytes);
        int alone = letters(character);
        if (alone > 0) {
          addWord(text, start, at, letters);
          addCharacter(character, alone);
          start = at + bytes;
          letters = 0;
        } else {
          letters++;
        }
        at += bytes;
      }
      addWord(text, start, to, letters);
    }

    private static int character(byte[] text, int at, int bytes) {
      int character = bytes == 1 ? text[at] : text[at] & (0x7F >> bytes);
      for (int i = 1; i < bytes; i++) {
        character = character << 6 | (text[at + i] & 0x3F);
      }
      return character;
    }

    private void addWord(byte[] text, int from, int to, int letters) {
      if (letters == 0) {
        return;
      }
      long hash = 0;
      for (int block = from; block < to; block += Long.BYTES) {
        long number = 0;
        for (int i = Math.min(to, block + Long.BYTES) - 1; i >= block; i--) {
          number = number << Byte.SIZE | (text[i] & 0xFF);
        }
        hash = mix(hash ^ number);
      }
      addWord(hash, letters);
    }

    private void addWord(long hash, int letters) {
      append(true, hash, Math.min(letters, fullLength));
      for (int n = 0; n < runs; n++) {
        bag.add(bucket(hashes[n]), factors[n] * sums[n]);
      }
    }

    private void addCharacter(int character, int letters) {
      append(false, mix(character + ALONE), letters);
      for (int n = 0; n < runs; n++) {
        bag.add(bucket(hashes[n]), factors[0] * Math.min(sums[n], fullLength));
      }
    }

    /** Every run becomes one term longer, the longest is forgotten, and a new one begins. */
    private void append(boolean word, long hash, int size) {
      runs = inWords == word ? Math.min(runs + 1, order) : 1;
      inWords = word;
      for (int n = runs - 1; n > 0; n--) {
        hashes[n] = mix(hashes[n - 1] * NEXT + hash);
        sums[n] = sums[n - 1] + size;
      }
      hashes[0] = hash;
      sums[0] = size;
    }

    /**
     * How many letters a character counts as that is a term of its own, else 0. By ranges that
     * never change, since the scripts of characters that Unicode adds depend on the Java version.
     */
    private static int letters(int character) {
      if (character < 0x0E00) {
        return 0;
      }
      boolean ideograph =
          (character >= 0x3400 && character < 0x4DC0)
              || (character >= 0x4E00 && character < 0xA000)
              || (character >= 0xF900 && character < 0xFB00)
              || (character >= 0x20000 && character < 0x40000)
              || (character >= 0x3005 && character < 0x3008);
      boolean other =
          character < 0x10A0 // Thai, Lao, Tibetan, Burmese
              || (character >= 0x1780 && character < 0x1800) // Khmer
              || (character >= 0x3040 && character < 0x3130) // kana, Bopomofo
              || (character >= 0x31A0 && character < 0x3200) // more of both
              || (character >= 0xFF66 && character < 0xFFA0); // narrow katakana
      return ideograph ? 3 : other ? 2 : 0;
    }
  }
}
