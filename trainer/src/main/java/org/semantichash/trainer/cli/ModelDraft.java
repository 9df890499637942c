// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.features.FeatureOptions;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.onnx.GoldenTexts;
import org.semantichash.trainer.onnx.OnnxExporter;

/** Everything that a model file is made of, but for where it comes from. */
record ModelDraft(
    IntegerNetwork network,
    HashingMethod method,
    TrainingOptions options,
    FeatureOptions featureOptions,
    Features features) {

  /** All options by name, and some more. */
  Map<String, String> options(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(options.toProperties());
    all.putAll(method.toProperties());
    all.putAll(featureOptions.toProperties());
    all.putAll(more);
    return all;
  }

  /**
   * Writes the file, and checks it against the network.
   *
   * @param modelOptions as the file keeps them
   * @param provenance where the model comes from
   * @param out hears of what was written
   */
  void write(
      Path output,
      Map<String, String> modelOptions,
      Map<String, String> provenance,
      PrintWriter out)
      throws IOException {
    ModelMetadata metadata =
        ModelMetadata.of(
            network,
            method.name(),
            featureOptions.analyzer(),
            features.vectorizer(),
            modelOptions,
            provenance,
            goldenTexts());
    int compared =
        new OnnxExporter(network, metadata).write(output, features.validation().vectors());
    EncoderModel model = EncoderModel.read(output);
    out.printf(
        Locale.ROOT,
        "wrote %s, %.1f MB, sha-256 %s%n" + "ONNX Runtime gives the same bits for %d texts%n",
        output,
        model.sizeInBytes() / 1e6,
        model.digest(),
        compared);
  }

  private List<ModelMetadata.GoldenText> goldenTexts() {
    try (TextAnalyzer analyzer = new TextAnalyzer(featureOptions.analyzer())) {
      return new GoldenTexts(network, features.vectorizer(), analyzer, options.seed()).create();
    }
  }
}
