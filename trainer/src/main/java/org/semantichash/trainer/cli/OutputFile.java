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

/** A file to write, looked at before hours are spent on what goes into it. */
final class OutputFile {

  private OutputFile() {}

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
}
