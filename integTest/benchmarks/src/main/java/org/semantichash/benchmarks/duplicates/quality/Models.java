// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** Codes of all methods, SimHash and MinHash for some texts. */
  Contestants contestants(String data, int bits, List<String> texts) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String method : METHODS) {
      Path file = work.resolve(data + "-" + method + "-" + limit + "-" + bits + ".onnx");
      if (Files.exists(file) == false) {
        Path input = JsonLines.write(texts, work.resolve(data + ".jsonl"));
        TrainedModel.train(
            input, file, bits, List.of("--max-documents", "" + limit, "--method", method));
      }
      files.add(file);
    }
    return new Contestants(files);
  }
}
