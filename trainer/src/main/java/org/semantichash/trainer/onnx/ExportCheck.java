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
package org.semantichash.trainer.onnx;

import java.util.List;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.GoldenText;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.HashNetwork;

/**
 * Compares a model file, run by ONNX Runtime, with the network it was written from. Sums are
 * rounded in another order there, so a bit whose activation lies within {@value #TIE} of its
 * threshold may differ; it is counted. Any other difference refuses the file.
 */
public final class ExportCheck {

  /**
   * How near to its threshold an activation leaves its bit open; above 1 relative to the
   * activation.
   */
  public static final float TIE = 1e-5f;

  /**
   * What was compared.
   *
   * @param documents texts, validation documents and the empty one
   * @param tiedBits bits that differ because they lie at their threshold
   */
  public record Outcome(int documents, long tiedBits) {}

  private final HashNetwork network;
  private final EncoderModel model;

  /** A check of a file against its network. */
  public ExportCheck(HashNetwork network, EncoderModel model) {
    this.network = network;
    this.model = model;
  }

  /**
   * Compares every bit of the golden texts, the empty document and the validation documents. No tie
   * is allowed among the first two: their codes are written in the file.
   *
   * @throws IllegalStateException naming the first document and bit that differ, and both
   *     activations
   * @throws org.semantichash.encoder.InvalidModelException when the texts of the file do not give
   *     the codes of the file
   */
  public Outcome run(List<SparseVector> validation) {
    List<GoldenText> golden = model.metadata().goldenTexts();
    long ties = 0;
    try (OnnxEncoder encoder = OnnxEncoder.open(model)) {
      for (int i = 0; i < golden.size(); i++) {
        compare(encoder, vector(golden.get(i)), "golden text [" + i + "]", false);
      }
      compare(encoder, SparseVector.EMPTY, "the empty document", false);
      for (int i = 0; i < validation.size(); i++) {
        ties += compare(encoder, validation.get(i), "validation document [" + i + "]", true);
      }
    }
    try (TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(golden);
    }
    return new Outcome(validation.size() + golden.size() + 1, ties);
  }

  private SparseVector vector(GoldenText golden) {
    try (TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer())) {
      return model.metadata().vectorizer().transform(analyzer.terms(golden.text()));
    }
  }

  /** Returns the number of bits that differ because they lie at their threshold. */
  private long compare(
      OnnxEncoder encoder, SparseVector document, String name, boolean tiesAllowed) {
    BinaryCode expected = network.encode(document);
    BinaryCode actual = encoder.encode(document);
    if (expected.equals(actual)) {
      return 0;
    }
    long ties = 0;
    float[] activations = network.activations(document);
    for (int bit = 0; bit < expected.bits(); bit++) {
      if (expected.get(bit) != actual.get(bit)) {
        boolean tie = ClearThresholds.clearance(activations[bit], network.thresholds()[bit]) <= TIE;
        if (tie == false || tiesAllowed == false) {
          throw different(encoder, document, name, bit, activations[bit]);
        }
        ties++;
      }
    }
    return ties;
  }

  private static IllegalStateException different(
      OnnxEncoder encoder, SparseVector document, String name, int bit, float activation) {
    return new IllegalStateException(
        "bit ["
            + bit
            + "] of "
            + name
            + " must be the same in ONNX Runtime: its activation is ["
            + activation
            + "] in the trainer and ["
            + encoder.activations(document)[bit]
            + "] there");
  }
}
