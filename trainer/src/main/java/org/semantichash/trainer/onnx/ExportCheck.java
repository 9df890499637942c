// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;

/**
 * Compares a model file, run by ONNX Runtime and by the encoder that a node uses, with the network
 * it was written from. Integers do not round: a bit that differs refuses the file.
 */
public final class ExportCheck {

  private static final int RANDOM_TEXTS = 200;
  private static final int MOST_TERMS = 200;

  private final IntegerNetwork network;
  private final EncoderModel model;

  /** A check of a file against its network. */
  public ExportCheck(IntegerNetwork network, EncoderModel model) {
    this.network = network;
    this.model = model;
  }

  /**
   * Compares every bit of the golden texts, the empty document, random documents and the validation
   * documents.
   *
   * @return how many texts were compared
   * @throws IllegalStateException naming the first document that differs, and both codes
   * @throws org.semantichash.encoder.InvalidModelException when the texts of the file do not give
   *     the codes of the file
   */
  public int run(List<SparseVector> validation) {
    List<ModelMetadata.GoldenText> golden = model.metadata().goldenTexts();
    List<SparseVector> random = randomTexts();
    try (OnnxEncoder reference = OnnxEncoder.open(model);
        Encoder chosen = Encoder.open(model);
        TextHasher hasher = TextHasher.open(model)) {
      for (Encoder encoder : List.of(reference, chosen)) {
        compare(encoder, vectors(golden), "golden text");
        compare(encoder, List.of(SparseVector.EMPTY), "empty document");
        compare(encoder, random, "random document");
        compare(encoder, validation, "validation document");
      }
      hasher.verify(golden);
    }
    return golden.size() + 1 + random.size() + validation.size();
  }

  private List<SparseVector> vectors(List<ModelMetadata.GoldenText> golden) {
    try (TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer())) {
      return golden.stream()
          .map(text -> model.metadata().vectorizer().transform(analyzer.terms(text.text())))
          .toList();
    }
  }

  /** Weights of every size, many of them the largest that there is. */
  private List<SparseVector> randomTexts() {
    SplittableRandom random = new SplittableRandom(1);
    int terms = model.metadata().vectorizer().vocabulary().size();
    float largest = IntegerNetwork.LARGEST / network.scale();
    List<SparseVector> texts = new ArrayList<>();
    for (int text = 0; text < RANDOM_TEXTS; text++) {
      int size = random.nextInt(1, MOST_TERMS);
      int[] ids = random.ints(size, 0, terms).distinct().sorted().toArray();
      double share = random.nextDouble(0, 4);
      float[] weights = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        weights[i] = largest * (float) Math.min(1, share * random.nextDouble());
      }
      texts.add(SparseVector.of(ids, weights));
    }
    return texts;
  }

  private void compare(Encoder encoder, List<SparseVector> documents, String name) {
    for (int i = 0; i < documents.size(); i++) {
      BinaryCode expected = network.encode(documents.get(i));
      BinaryCode actual = encoder.encode(documents.get(i));
      if (expected.equals(actual) == false) {
        throw new IllegalStateException(
            name
                + " ["
                + i
                + "] must have the same code in ["
                + encoder.name()
                + "]: it is ["
                + expected
                + "] in the trainer and ["
                + actual
                + "] there");
      }
    }
  }
}
