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
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.io.PrintWriter;

/** Writes a picture. */
@FunctionalInterface
interface Drawing {

  void draw() throws IOException;

  /** Draws; where that is not possible, as on a machine without fonts, it only warns. */
  static void attempt(String name, Drawing drawing, PrintWriter err) throws IOException {
    try {
      drawing.draw();
    } catch (LinkageError | InternalError | NullPointerException e) {
      err.println("WARNING: the picture of [" + name + "] cannot be drawn: " + e);
    }
  }
}
