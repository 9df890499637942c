// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.analysis.Deadline;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.Encoder;

/**
 * Why a text has its code: which of its terms pull each bit, and which the model does not know.
 *
 * <p>The pull of a term on a bit is the activation of the text less that of the text without the
 * term, the weights of the other terms as they are (Li, Monroe and Jurafsky, "Understanding Neural
 * Networks through Representation Erasure", 2016, of whom this is the erasure of words; they take
 * the relative change of a likelihood, and bits have none). So it says what a term does in this
 * text, where the words of a bit in general are those of texts of one word.
 *
 * @param unknownTerms different terms that the model does not know, in the order of the text; the
 *     first {@value #MOST_UNKNOWN}
 * @param pulls one for each bit; none for a vocabulary of hashed n-grams, which has no words
 */
public record TextExplanation(List<String> unknownTerms, List<BitPull> pulls) {

  /** How many unknown terms are listed at most. */
  public static final int MOST_UNKNOWN = 100;

  /** Terms that are left out in turn, those of the largest weights: bounds what a text costs. */
  public static final int HEAVIEST = 32;

  /** Terms that are listed for each bit and each direction. */
  private static final int SHOWN = 3;

  /**
   * The terms that move one bit the most.
   *
   * @param bit from 0, the first of the code
   * @param on those that pull it to 1, the strongest first
   * @param off those that pull it to 0, the strongest first
   */
  public record BitPull(int bit, List<String> on, List<String> off) {}

  /** A term, and by how much it moves each bit, [bits]. */
  @SuppressWarnings("ArrayRecordComponent") // made here, read here
  private record Pull(String term, float[] activations) {}

  /**
   * Leaves each of the heaviest terms out in turn.
   *
   * @param encoder with activations
   * @param deadline looked at before each
   * @throws Deadline.PassedException when it has passed
   */
  static List<BitPull> pulls(
      SparseVector text, Vocabulary vocabulary, Encoder encoder, Deadline deadline) {
    if (vocabulary.ngrams().isPresent()) {
      return List.of();
    }
    float[] whole = encoder.activations(text);
    List<Pull> pulls = new ArrayList<>();
    for (int i : heaviest(text)) {
      deadline.check();
      float[] pull = encoder.activations(without(text, i));
      for (int bit = 0; bit < pull.length; bit++) {
        pull[bit] = whole[bit] - pull[bit];
      }
      pulls.add(new Pull(vocabulary.term(text.id(i)), pull));
    }
    return IntStream.range(0, whole.length).mapToObj(bit -> strongest(bit, pulls)).toList();
  }

  private static int[] heaviest(SparseVector text) {
    return IntStream.range(0, text.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -text.weight(i)))
        .limit(HEAVIEST)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static SparseVector without(SparseVector text, int left) {
    int[] ids = new int[text.size() - 1];
    float[] weights = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      int from = i < left ? i : i + 1;
      ids[i] = text.id(from);
      weights[i] = text.weight(from);
    }
    return SparseVector.of(ids, weights);
  }

  private static BitPull strongest(int bit, List<Pull> pulls) {
    return new BitPull(bit, strongest(bit, pulls, 1), strongest(bit, pulls, -1));
  }

  private static List<String> strongest(int bit, List<Pull> pulls, int sign) {
    return pulls.stream()
        .filter(pull -> sign * pull.activations()[bit] > 0)
        .sorted(Comparator.comparingDouble(pull -> -sign * pull.activations()[bit]))
        .limit(SHOWN)
        .map(Pull::term)
        .toList();
  }
}
