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

import java.util.List;
import java.util.Optional;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;

/** The fastest encoder of a model that gives the bits of ONNX Runtime. */
public final class Encoders {

  /** Weights of more than this part of the heap stay outside it, with ONNX Runtime only. */
  private static final long SHARE_OF_HEAP = 16;

  private Encoders() {}

  /**
   * The plain encoder where the graph is of the exported form and the encoder proves itself against
   * ONNX Runtime on the golden texts and some random ones; otherwise ONNX Runtime. The plain one
   * has its own copy of the weights on the heap, so it must be small against that.
   *
   * @throws InvalidModelException when ONNX Runtime refuses the graph
   * @throws EncoderUnavailableException when ONNX Runtime itself cannot be loaded
   */
  public static Encoder open(EncoderModel model) {
    return open(model, new EncoderProofs());
  }

  /**
   * As {@link #open(EncoderModel)}, but without proving again what is proven.
   *
   * @param proofs what was found out about the models opened before on this machine
   */
  public static Encoder open(EncoderModel model, EncoderProofs proofs) {
    return open(model, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, proofs);
  }

  /**
   * As {@link #open(EncoderModel)} with another limit.
   *
   * @param mostBytes ONNX Runtime alone runs a model whose first layer has more bytes than this
   */
  public static Encoder open(EncoderModel model, long mostBytes) {
    return open(model, mostBytes, new EncoderProofs());
  }

  private static Encoder open(EncoderModel model, long mostBytes, EncoderProofs proofs) {
    OnnxEncoder reference = OnnxEncoder.open(model);
    Encoder chosen = null;
    try {
      StoredTensor largest = model.graph().tensor(ModelFormat.TERM_WEIGHTS);
      Optional<PlainNetwork> network =
          largest.data().remaining() > mostBytes
              ? Optional.empty()
              : ExportedGraph.read(model.graph());
      chosen =
          network
              .filter(
                  plain ->
                      proofs.holds(
                          model.digest(), () -> isProven(plain, reference, model.metadata())))
              .<Encoder>map(plain -> new PlainEncoder(plain, reference))
              .orElse(reference);
      return chosen;
    } finally {
      if (chosen == null) {
        reference.close();
      }
    }
  }

  private static boolean isProven(
      PlainNetwork network, OnnxEncoder reference, ModelMetadata metadata) {
    return network.thresholds().length == reference.bits()
        && new EncoderProof(network, reference).holds(goldenVectors(metadata));
  }

  private static List<SparseVector> goldenVectors(ModelMetadata metadata) {
    try (TextAnalyzer analyzer = new TextAnalyzer(metadata.analyzer())) {
      return metadata.goldenTexts().stream()
          .map(golden -> metadata.vectorizer().transform(analyzer.terms(golden.text())))
          .toList();
    }
  }
}
