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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of standard input, which must be UTF-8: a replaced character is another text. */
final class Utf8Lines {

  private Utf8Lines() {}

  /**
   * All lines, without their ends, LF or CR LF.
   *
   * @throws IllegalArgumentException naming the first line that is not UTF-8
   */
  static List<String> read(InputStream input) throws IOException {
    InputStream bytes = new BufferedInputStream(input);
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      if (b == '\n') {
        lines.add(text(line, lines.size() + 1));
        line.reset();
      } else {
        line.write(b);
      }
    }
    if (line.size() > 0) {
      lines.add(text(line, lines.size() + 1));
    }
    return lines;
  }

  private static String text(ByteArrayOutputStream line, int number) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "line [" + number + "] of standard input must be UTF-8 text", e);
    }
  }
}
