// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.Split;

class TextSampleTest {

  private static List<Document> documents(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Document("d" + i, "text " + i, List.of("l" + i % 3)))
        .toList();
  }

  private static void read(TextSample sample, List<Document> documents) {
    List<Document> passed = new ArrayList<>();
    sample.forEach(passed::add);
    assertEquals(documents, passed);
  }

  @Test
  void textsAreThoseOfTheSplitInItsOrder() {
    List<Document> documents = documents(200);
    for (long seed = 1; seed <= 20; seed++) {
      Split<Integer> split = Split.random(200, 0.1, seed % 2 == 0 ? 0 : 0.1, seed);
      TextSample sample = new TextSample(DocumentSource.of(documents), split);
      read(sample, documents);
      read(sample, documents); // further passes change nothing
      List<Integer> held = split.test().isEmpty() ? split.validation() : split.test();
      assertEquals(
          split.training().stream().map(i -> "text " + i).toList(),
          sample.training().stream().map(TextSample.SampledText::text).toList());
      assertEquals(
          held.stream().map(i -> List.of("l" + i % 3)).toList(),
          sample.heldOut().stream().map(TextSample.SampledText::labels).toList());
      assertEquals(held.stream().map(i -> "text " + i).toList(), sample.wholeTexts());
    }
  }

  @Test
  void longTextsAreCutToOneLineButNeverThroughACharacter() {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + "\ud83d\ude00 \n\t".repeat(10_000);
      List<Document> documents =
          IntStream.range(0, 4).mapToObj(i -> new Document("d" + i, text, List.of())).toList();
      TextSample sample =
          new TextSample(DocumentSource.of(documents), Split.random(4, 0.25, 0.25, 1));
      read(sample, documents);
      String beginning = sample.training().getFirst().text();
      assertTrue(beginning.length() > 100 && beginning.length() <= 161, beginning);
      assertTrue(beginning.endsWith("\u2026") && beginning.contains("\n") == false, beginning);
      assertFalse(
          beginning.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE));
      assertEquals(20_000, sample.wholeTexts().getFirst().length(), 1);
    }
  }
}
