// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadlineTest {

  private static final Deadline PASSED = Deadline.in(-1);
  private static final Deadline FAR = Deadline.in(Long.MAX_VALUE / 2);

  private static TextAnalyzer analyzer(TokenizerKind tokenizer) {
    return new TextAnalyzer(new AnalyzerSpec(tokenizer, true, List.of("the"), Stemmer.NONE, 2));
  }

  private static List<String> terms(TextAnalyzer analyzer, String text, Deadline deadline) {
    List<String> terms = new ArrayList<>();
    analyzer.forEachTerm(text, deadline, term -> terms.add(term.toString()));
    return terms;
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameTermsWhileThereIsTime(TokenizerKind tokenizer) {
    SplittableRandom random = new SplittableRandom(3);
    try (TextAnalyzer analyzer = analyzer(tokenizer)) {
      for (int length :
          new int[] {
            0, 1, TextAnalyzer.DeadlineReader.PIECE, 5 * TextAnalyzer.DeadlineReader.PIECE + 7
          }) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
          text.appendCodePoint("ab é\n.𝒳,".codePointAt(random.nextInt(7)));
        }
        assertEquals(analyzer.terms(text.toString()), terms(analyzer, text.toString(), FAR));
      }
    }
  }

  /** Blanks and stop words give no term at all, one endless word gives none for long. */
  @ParameterizedTest
  @EnumSource
  void stopsWhateverTheTextIsMadeOf(TokenizerKind tokenizer) {
    try (TextAnalyzer analyzer = analyzer(tokenizer)) {
      for (String piece : List.of(" ", "the ", "a", "word ", "\uD835")) {
        String text = piece.repeat(4 * TextAnalyzer.DeadlineReader.PIECE);
        List<String> read = new ArrayList<>();
        assertThrows(
            Deadline.PassedException.class,
            () -> analyzer.forEachTerm(text, PASSED, term -> read.add(term.toString())),
            piece);
        assertTrue(read.size() <= 2 * TextAnalyzer.DeadlineReader.PIECE, piece);
        assertEquals(List.of("next", "text"), terms(analyzer, "next text", FAR), "thread goes on");
        assertEquals(List.of("next", "text"), analyzer.terms("next text"));
      }
    }
  }

  @Test
  void aShortTextIsReadInAnyCase() {
    try (TextAnalyzer analyzer = analyzer(TokenizerKind.WORD)) {
      String text = "word ".repeat(100);
      assertEquals(analyzer.terms(text), terms(analyzer, text, PASSED));
    }
  }
}
