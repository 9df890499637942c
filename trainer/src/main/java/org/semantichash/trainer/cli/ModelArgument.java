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
