// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
