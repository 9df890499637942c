// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  @Test
  void tellsShareStepsAndTimeLeft() {
    ProgressBar bar = new ProgressBar(new PrintWriter(new StringWriter()), "epoch 1/2", 400);
    assertEquals(
        "epoch 1/2  25 % [======                  ] 100/400, 1:30 left, loss 3",
        bar.line(100, 30, ", loss 3"));
    assertTrue(bar.line(0, 0, "").contains("0/400, ? left"));
    assertTrue(bar.line(500, 1, "").contains("100 % [========================] 500/400, 0:00"));
  }

  @Test
  void aLineNeverWraps() {
    ProgressBar bar = new ProgressBar(new PrintWriter(new StringWriter()), "task", 3);
    assertEquals(79, bar.line(1, 1, "x".repeat(200)).length());
  }

  @Test
  void leavesNothingWhenItIsClosed() {
    StringWriter out = new StringWriter();
    try (ProgressBar bar = new ProgressBar(new PrintWriter(out), "task", 10)) {
      bar.show(1, ", first");
      bar.show(2, ", too soon to be drawn");
      bar.show(10, "");
    }
    String[] drawn = out.toString().split("\r", -1);
    assertEquals(5, drawn.length, out.toString());
    assertTrue(drawn[1].endsWith(", first"), out.toString());
    assertEquals(" ".repeat(drawn[2].strip().length()), drawn[3]);
  }
}
