// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.Objects;
import org.semantichash.hash.BinaryCode;

/**
 * A text with the code that every machine must compute for it.
 *
 * @param text any text without a NUL character
 * @param code its code
 */
public record GoldenText(String text, BinaryCode code) {

  /** Checks the text. */
  public GoldenText {
    Objects.requireNonNull(code, "code");
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a golden text must not hold a NUL character");
    }
  }
}
