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
