// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.semantichash.TextExplanation.BitPull;
import org.semantichash.analysis.Deadline;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.Encoder;
import org.semantichash.hash.BinaryCode;

/** Pulls of terms, compared with a network that is computed by hand. */
class TextExplanationTest {

  private static final int TERMS = 60;
  private static final int BITS = 8;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Vocabulary vocabulary =
      new Vocabulary(
          IntStream.range(0, TERMS).mapToObj(i -> "t" + (10 + i)).toList(),
          IntStream.range(0, TERMS).map(i -> 1).toArray(),
          TERMS);

  /** A hidden layer of one unit for each bit, with ReLU, and a bias. */
  private static final class SmallNetwork implements Encoder {

    private final float[][] weights = new float[TERMS][BITS];
    private int calls;

    SmallNetwork(Random random) {
      for (float[] row : weights) {
        for (int bit = 0; bit < BITS; bit++) {
          row[bit] = random.nextInt(2001) - 1000;
        }
      }
    }

    /** Whole numbers, so that no order of the sums changes them. */
    float activation(SparseVector text, int bit, int without) {
      float sum = 100;
      for (int i = 0; i < text.size(); i++) {
        sum += text.id(i) == without ? 0 : text.weight(i) * weights[text.id(i)][bit];
      }
      return Math.max(0, sum) - 50;
    }

    @Override
    public float[] activations(SparseVector text) {
      calls++;
      float[] activations = new float[BITS];
      for (int bit = 0; bit < BITS; bit++) {
        activations[bit] = activation(text, bit, -1);
      }
      return activations;
    }

    @Override
    public String name() {
      return "small";
    }

    @Override
    public int bits() {
      return BITS;
    }

    @Override
    public BinaryCode encode(SparseVector vector) {
      throw new AssertionError("no code is asked for");
    }

    @Override
    public List<BinaryCode> encode(List<SparseVector> batch) {
      throw new AssertionError("no codes are asked for");
    }

    @Override
    public void close() {}
  }

  /** Different whole weights for so many terms. */
  private SparseVector text(int terms) {
    int[] ids = random.ints(0, TERMS).distinct().limit(terms).sorted().toArray();
    List<Integer> weights = new ArrayList<>(IntStream.rangeClosed(1, terms).boxed().toList());
    Collections.shuffle(weights, random);
    float[] values = new float[terms];
    for (int i = 0; i < terms; i++) {
      values[i] = weights.get(i);
    }
    return SparseVector.of(ids, values);
  }

  @RepeatedTest(20)
  void theStrongestOfTheHeaviestTerms() {
    SmallNetwork network = new SmallNetwork(random);
    SparseVector text = text(random.nextInt(TERMS + 1));
    List<BitPull> pulls = TextExplanation.pulls(text, vocabulary, network, Deadline.never());
    int looked = Math.min(text.size(), TextExplanation.HEAVIEST);
    assertEquals(1 + looked, network.calls, "no text costs more than its heaviest terms");
    assertEquals(BITS, pulls.size(), "seed " + seed);
    for (int bit = 0; bit < BITS; bit++) {
      assertEquals(bit, pulls.get(bit).bit());
      assertEquals(strongest(network, text, bit, 1), pulls.get(bit).on(), "seed " + seed);
      assertEquals(strongest(network, text, bit, -1), pulls.get(bit).off(), "seed " + seed);
    }
  }

  private List<String> strongest(SmallNetwork network, SparseVector text, int bit, int sign) {
    float whole = network.activation(text, bit, -1);
    record Moved(String term, float by) {}
    return IntStream.range(0, text.size())
        .filter(i -> text.weight(i) > text.size() - TextExplanation.HEAVIEST)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -text.weight(i))) // settles ties
        .map(
            i ->
                new Moved(
                    vocabulary.term(text.id(i)),
                    sign * (whole - network.activation(text, bit, text.id(i)))))
        .filter(moved -> moved.by() > 0)
        .sorted(Comparator.comparingDouble(moved -> -moved.by()))
        .limit(3)
        .map(Moved::term)
        .toList();
  }

  @Test
  void aTextWithoutTermsPullsNothing() {
    List<BitPull> pulls =
        TextExplanation.pulls(
            SparseVector.EMPTY, vocabulary, new SmallNetwork(random), Deadline.never());
    assertTrue(pulls.stream().allMatch(pull -> pull.on().isEmpty() && pull.off().isEmpty()));
  }

  @Test
  void theDeadlineIsKept() {
    assertThrows(
        Deadline.PassedException.class,
        () ->
            TextExplanation.pulls(text(5), vocabulary, new SmallNetwork(random), Deadline.in(-1)));
  }
}
