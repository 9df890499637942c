// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.InvalidModelException;

/** A model file named on the command line. */
final class ModelArgument {

  private ModelArgument() {}

  /** Reads and checks the file; every failure names it. */
  static EncoderModel read(Path file) {
    if (Files.isRegularFile(file) == false) {
      throw new IllegalArgumentException("model file [" + file + "] does not exist");
    }
    try {
      return EncoderModel.read(file);
    } catch (InvalidModelException e) {
      throw new InvalidModelException(
          "model file [" + file + "] cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "model file [" + file + "] cannot be read: " + e.getMessage(), e);
    }
  }
}
