// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.it.model.TrainedModel;

/**
 * Models that learn from the very texts that are measured on; each is trained once and kept.
 *
 * @param work the folder where they are kept
 * @param limit of the texts that a model learns from
 */
record Models(Path work, int limit) {

  /**
   * The default, whose codes tell topics, and the two references, whose codes keep the angles
   * between the texts' TF-IDF vectors.
   */
  private static final List<String> METHODS = List.of("auto", "itq", "lsh");

  /**
   * Codes of {@code lsh} and of the built-in model, each with SimHash and MinHash of the same
   * features; to be closed.
   */
  List<Contestants> withoutNetworks(String data, int bits, List<String> texts) throws IOException {
    Path builtIn = work.resolve("_near_duplicates_" + bits + ".onnx");
    Files.createDirectories(work);
    Files.write(builtIn, BuiltInModel.of("_near_duplicates_" + bits).orElseThrow().file());
    return List.of(
        new Contestants(List.of(trained(data + "-copies", "lsh", bits, texts))),
        new Contestants(List.of(builtIn)));
  }

  /** Codes of all methods, SimHash and MinHash for some texts. */
  Contestants contestants(String data, int bits, List<String> texts) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String method : METHODS) {
      files.add(trained(data, method, bits, texts));
    }
    return new Contestants(files);
  }

  private Path trained(String data, String method, int bits, List<String> texts)
      throws IOException {
    Path file = work.resolve(data + "-" + method + "-" + limit + "-" + bits + ".onnx");
    if (Files.exists(file) == false) {
      Path input = JsonLines.write(texts, work.resolve(data + ".jsonl"));
      TrainedModel.train(
          input, file, bits, List.of("--max-documents", "" + limit, "--method", method));
    }
    return file;
  }
}
