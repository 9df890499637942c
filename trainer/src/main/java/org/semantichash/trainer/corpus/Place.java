// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.nio.file.Path;

/**
 * Where a document stands, for messages.
 *
 * @param file its file
 * @param unit what is counted in the file, or null when the file is the document
 * @param number from 1
 */
record Place(Path file, String unit, long number) {

  /** A document that is a file of its own. */
  static Place of(Path file) {
    return new Place(file, null, 0);
  }

  @Override
  public String toString() {
    return unit == null ? "[" + file + "]" : "[" + file + "] " + unit + " [" + number + "]";
  }
}
