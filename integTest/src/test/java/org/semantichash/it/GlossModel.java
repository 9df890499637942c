// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.model.TrainedModel;
import org.semantichash.it.oracle.CodeTable;

/**
 * A quickly trained model with the texts that it is tried on.
 *
 * @param model the model
 * @param indexed the glosses to index, on which it was trained
 * @param heldOut glosses that it has not seen
 * @param codes the codes of the indexed glosses, from the trainer's [encode]
 * @param heldOutCodes the codes of the others
 */
record GlossModel(
    TrainedModel model,
    List<Gloss> indexed,
    List<Gloss> heldOut,
    CodeTable codes,
    CodeTable heldOutCodes) {

  static final String NAME = "glosses";
  static final int BITS = 64;

  private static final int INDEXED = 20_000;
  private static final int HELD_OUT = 50;
  private static final long SEED = 42;

  /**
   * Searching is tested, not learning, so this is a small network and few epochs; with small
   * batches they are enough for thousands of different codes.
   */
  private static final List<String> QUICK =
      List.of(
          "--epochs=3",
          "--batch-size=25",
          "--learning-rate=0.01",
          "--option=kl_warmup=4000",
          "--hidden-units=64",
          "--seed=42");

  private static GlossModel shared;

  /** The same for all tests of this process. */
  static synchronized GlossModel shared() throws IOException {
    if (shared == null) {
      shared = train();
    }
    return shared;
  }

  private static GlossModel train() throws IOException {
    List<Gloss> glosses = WordNet.shuffled(WordNet.nouns(), SEED);
    List<Gloss> indexed = glosses.subList(0, INDEXED);
    List<Gloss> heldOut = glosses.subList(INDEXED, INDEXED + HELD_OUT);
    Path work = Path.of(System.getProperty("semantichash.work"), "model");
    Path texts = GlossFile.write(indexed, work.resolve("glosses.jsonl"));
    TrainedModel model = TrainedModel.train(texts, work.resolve("glosses.onnx"), BITS, QUICK);
    return new GlossModel(
        model, indexed, heldOut, model.encode(indexed, work), model.encode(heldOut, work));
  }
}
