// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.InvalidModelException;

/** Files named on the command line: models that are read, and outputs, checked before the work. */
final class FileArguments {

  static final String MODEL =
      "The model file, or the name of a model that comes with the plugin, such as"
          + " _near_duplicates_64.";

  private FileArguments() {}

  /** Checks that the file can be written; folders that do not exist yet will be made. */
  static void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("output [" + file + "] must be a file, got a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    while (folder != null && Files.exists(folder) == false) {
      folder = folder.getParent();
    }
    if (folder == null || Files.isDirectory(folder) == false || Files.isWritable(folder) == false) {
      throw new IllegalArgumentException(
          "output [" + file + "] must lie in a folder that can be written, got [" + folder + "]");
    }
  }

  /** Makes the folders that do not exist yet, and writes the file. */
  static void write(Path file, String text) throws IOException {
    makeFolders(file);
    Files.writeString(file, text);
  }

  /** Makes the folders of a file that do not exist yet. */
  static void makeFolders(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
  }

  /**
   * Reads and checks the file; every failure names it. The name of a built-in model stands for its
   * file where there is no file of that name.
   */
  static EncoderModel readModel(Path file) {
    Optional<BuiltInModel> builtIn = BuiltInModel.of(file.toString());
    if (builtIn.isPresent() && Files.notExists(file)) {
      return EncoderModel.read(builtIn.get().file());
    }
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
