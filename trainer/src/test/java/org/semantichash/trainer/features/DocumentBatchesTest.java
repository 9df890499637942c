// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.Features.DocumentBatches;

class DocumentBatchesTest {

  private static List<List<Document>> batches(int documents, String text) {
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      all.add(new Document("" + i, text, List.of()));
    }
    List<List<Document>> batches = new ArrayList<>();
    DocumentBatches.forEach(DocumentSource.of(all), batches::add);
    List<Document> joined = new ArrayList<>();
    batches.forEach(joined::addAll);
    assertEquals(all, joined);
    return batches;
  }

  @Test
  void batchesKeepTheOrderAndTakeEveryDocumentOnce() {
    for (int documents : List.of(0, 1, 4095, 4096, 4097, 10_000)) {
      assertTrue(batches(documents, "x").stream().allMatch(batch -> batch.size() <= 4096));
    }
  }

  @Test
  void longTextsMakeSmallBatches() {
    List<List<Document>> batches = batches(9, "x".repeat(6_000_000));
    assertEquals(List.of(3, 3, 3), batches.stream().map(List::size).toList());
    assertEquals(2, batches(2, "x".repeat(20_000_000)).size());
  }
}
