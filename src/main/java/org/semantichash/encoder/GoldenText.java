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
