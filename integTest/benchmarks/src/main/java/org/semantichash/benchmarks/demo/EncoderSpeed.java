// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.util.List;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.it.corpus.Gloss;

/**
 * Texts a second on one core, analysis included, one by one and in batches, in turn: with the
 * encoder that a model gets, and with ONNX Runtime alone.
 */
final class EncoderSpeed {

  private static final int BATCH = 64;
  private static final int TEXTS = 64 * 100;
  private static final int ROUNDS = 6;

  private final EncoderModel model;
  private final List<String> texts;

  EncoderSpeed(EncoderModel model, List<Gloss> glosses) {
    this.model = model;
    this.texts = glosses.subList(0, TEXTS).stream().map(Gloss::text).toList();
  }

  void measure(Results results) {
    try (TextHasher chosen = TextHasher.open(model);
        TextHasher reference = onnxRuntime()) {
      BestRates ofChosen = new BestRates();
      BestRates ofReference = new BestRates();
      for (int round = 0; round < ROUNDS; round++) {
        measure(chosen, ofChosen);
        measure(reference, ofReference);
      }
      ofChosen.addTo(results, chosen.encoderName());
      if (chosen.encoderName().equals(reference.encoderName()) == false) {
        ofReference.addTo(results, reference.encoderName());
      }
    }
  }

  private TextHasher onnxRuntime() {
    return new TextHasher(
        new TextAnalyzer(model.metadata().analyzer()),
        model.metadata().vectorizer(),
        OnnxEncoder.open(model));
  }

  private void measure(TextHasher hasher, BestRates best) {
    best.one = Math.max(best.one, texts.size() / seconds(() -> texts.forEach(hasher::hash)));
    best.batch = Math.max(best.batch, texts.size() / seconds(() -> hashInBatches(hasher)));
  }

  /** The best rates so far, in texts per second. */
  private static final class BestRates {

    private double one;
    private double batch;

    void addTo(Results results, String encoder) {
      results.add(
          "encoder [" + encoder + "], one core, best of " + ROUNDS + " rounds",
          "texts_per_second_batch_1",
          one,
          "texts_per_second_batch_" + BATCH,
          batch);
    }
  }

  private void hashInBatches(TextHasher hasher) {
    for (int from = 0; from < texts.size(); from += BATCH) {
      hasher.hash(texts.subList(from, from + BATCH));
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
