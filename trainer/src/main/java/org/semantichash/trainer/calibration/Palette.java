// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.awt.Color;
import java.util.List;

/** The colours of the lines in pictures. */
public final class Palette {

  /** Okabe and Ito's, which also the colour-blind tell apart; their yellow is too pale on white. */
  public static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9),
          new Color(0x000000));

  private Palette() {}
}
