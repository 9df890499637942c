/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.encoder;

import org.semantichash.TextHasher;
import org.semantichash.hash.BinaryCode;

/** Loads and runs changed models as a node does; a process of its own, since it may crash. */
final class MutatedModelsRun {

  private static final ProjectionModel ORIGINAL = new ProjectionModel(60, 32, 1);

  private int refused;
  private int unrunnable;
  private int equal;

  private MutatedModelsRun() {}

  /** Arguments: [bit flips] or [mutants], seed, count. */
  public static void main(String[] args) {
    ModelMutations mutations = new ModelMutations(ORIGINAL.file(), Long.parseLong(args[1]));
    MutatedModelsRun run = new MutatedModelsRun();
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
      equal++;
    } catch (InvalidModelException e) {
      unrunnable++;
    }
  }
}
