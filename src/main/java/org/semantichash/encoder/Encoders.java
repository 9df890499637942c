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

  private Encoders() {}

  /**
   * The plain encoder where the graph is of the exported form and the encoder proves itself against
   * ONNX Runtime on the golden texts and some random ones; otherwise ONNX Runtime.
   *
   * @throws InvalidModelException when ONNX Runtime refuses the graph
   * @throws EncoderUnavailableException when ONNX Runtime itself cannot be loaded
   */
  public static Encoder open(EncoderModel model) {
    OnnxEncoder reference = OnnxEncoder.open(model);
    boolean done = false;
    try {
      Optional<PlainNetwork> network = ExportedGraph.read(model.graph());
      boolean proven =
          network.isPresent()
              && network.get().thresholds().length == reference.bits()
              && new EncoderProof(network.get(), reference).holds(goldenVectors(model.metadata()));
      done = true;
      return proven ? new PlainEncoder(network.get(), reference) : reference;
    } finally {
      if (done == false) {
        reference.close();
      }
    }
  }

  private static List<SparseVector> goldenVectors(ModelMetadata metadata) {
    try (TextAnalyzer analyzer = new TextAnalyzer(metadata.analyzer())) {
      return metadata.goldenTexts().stream()
          .map(golden -> metadata.vectorizer().transform(analyzer.terms(golden.text())))
          .toList();
    }
  }
}
