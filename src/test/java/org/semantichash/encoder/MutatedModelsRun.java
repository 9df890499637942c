// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.TextHasher;
import org.semantichash.hash.BinaryCode;

/**
 * Loads and runs changed models as a node does; a process of its own, since it may crash. What was
 * made from a file with digests either means the same as that file or is refused.
 */
final class MutatedModelsRun {

  private static final ProjectionModel ORIGINAL = new ProjectionModel(60, 32, 1);

  private int refused;
  private int unrunnable;
  private int equal;

  /** The codes that every model must give; null when other models are fine. */
  private final List<BinaryCode> expected;

  private MutatedModelsRun(List<BinaryCode> expected) {
    this.expected = expected;
  }

  /**
   * Arguments: [bit flips], [damage] (bit flips of a file with digests) or [mutants], seed, count.
   */
  public static void main(String[] args) {
    boolean digests = args[0].equals("damage");
    byte[] file = digests ? ORIGINAL.fileWithDigests() : ORIGINAL.file();
    ModelMutations mutations = new ModelMutations(file, Long.parseLong(args[1]));
    MutatedModelsRun run = new MutatedModelsRun(digests ? codes(EncoderModel.read(file)) : null);
    int count = Integer.parseInt(args[2]);
    for (int i = 0; i < count; i++) {
      byte[] mutant = args[0].equals("mutants") ? mutations.next() : mutations.bitFlip();
      try {
        run.check(mutant);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i, e);
      }
    }
    System.out.println(
        run.refused + " refused unread, " + run.unrunnable + " when run, " + run.equal + " run");
    System.out.println("all " + count + " mutants were harmless");
  }

  private void check(byte[] mutant) {
    EncoderModel model;
    try {
      model = EncoderModel.read(mutant);
    } catch (InvalidModelException e) {
      refused++;
      return;
    }
    try (TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(model.metadata().goldenTexts());
      BinaryCode code = hasher.hash("word1 word2 word3").code();
      if (code.bits() != model.metadata().bits()) {
        throw new AssertionError("a code of " + code.bits() + " bits");
      }
      if (expected != null && codes(hasher).equals(expected) == false) {
        throw new AssertionError("gives other codes than the file it was made from");
      }
      equal++;
    } catch (InvalidModelException e) {
      unrunnable++;
    }
  }

  private static List<BinaryCode> codes(EncoderModel model) {
    try (TextHasher hasher = TextHasher.open(model)) {
      return codes(hasher);
    }
  }

  /** Of every word by itself, so that every weight counts, and of longer texts. */
  private static List<BinaryCode> codes(TextHasher hasher) {
    SplittableRandom random = new SplittableRandom(1);
    List<BinaryCode> codes = new ArrayList<>();
    for (int i = 0; i < ORIGINAL.terms; i++) {
      codes.add(hasher.hash("word" + i).code());
      codes.add(hasher.hash(ORIGINAL.randomText(random, 10)).code());
    }
    return codes;
  }
}
