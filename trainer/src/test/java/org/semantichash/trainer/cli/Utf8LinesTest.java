// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cli.EncodeCommand.Utf8Lines;

class Utf8LinesTest {

  private static List<String> lines(byte[] bytes) throws IOException {
    return Utf8Lines.read(new ByteArrayInputStream(bytes));
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesEndWithEitherEndOrNone() throws IOException {
    assertEquals(
        List.of("a", "", "caf\u00e9 \ud83d\ude00"), lines("a\n\r\ncaf\u00e9 \ud83d\ude00"));
    assertEquals(List.of("a", "b"), lines("a\r\nb\n"));
    assertEquals(List.of(), lines(""));
    assertEquals(List.of(""), lines("\n"));
  }

  @Test
  void theFirstLineThatIsNotUtf8IsNamedHoweverFarDown() {
    String text = "fine\n".repeat(5000) + "caf\u00e9\nfine\n";
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> lines(text.getBytes(StandardCharsets.ISO_8859_1)))
            .getMessage();
    assertEquals("line [5001] of standard input must be UTF-8 text", message);
  }
}
