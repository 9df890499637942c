// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
