// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusOptions.DuplicateIds;

class StreamedCorpusTest {

  @TempDir private Path folder;

  private static String lines(int documents) {
    return IntStream.range(0, documents)
        .mapToObj(i -> "{\"id\": \"d" + i + "\", \"text\": \"word" + i + "\"}\n")
        .collect(Collectors.joining());
  }

  private static CorpusOptions sample(int documents, long seed) {
    return new CorpusOptions(
        List.of("text"), "label", false, "id", DuplicateIds.FAIL, documents, seed);
  }

  private static List<Document> pass(StreamedCorpus corpus) {
    List<Document> documents = new ArrayList<>();
    corpus.forEach(documents::add);
    return documents;
  }

  @Test
  void everyPassGivesWhatReadingAtOnceGives() throws IOException {
    Path json = Files.writeString(folder.resolve("a.jsonl"), lines(300));
    Path table = Files.writeString(folder.resolve("a.csv"), "id,text\n1,x\n2,y\n3,z\n");
    Path files = Files.createDirectory(folder.resolve("files"));
    for (String name : List.of("one", "two", "three")) {
      Files.writeString(files.resolve(name), name);
    }
    for (Path input : List.of(json, table, files)) {
      for (int limit : List.of(1, 2, 299, Integer.MAX_VALUE)) {
        Corpus all = Corpus.read(input, sample(limit, 3));
        StreamedCorpus streamed = StreamedCorpus.open(input, sample(limit, 3));
        assertEquals(all.documents(), pass(streamed));
        assertEquals(all.documents(), pass(streamed));
        assertEquals(all.documents().size(), streamed.size());
        assertEquals(input.equals(json) ? 300 : 3, streamed.available());
        assertEquals(all.digest(), streamed.digest());
      }
    }
    assertEquals(Files.size(json), StreamedCorpus.open(json, sample(5, 1)).bytes());
    assertEquals(11, StreamedCorpus.open(files, sample(5, 1)).bytes());
  }

  @Test
  void anInputThatChangesBetweenPassesIsRefused() throws IOException {
    Path input = Files.writeString(folder.resolve("a.jsonl"), lines(20));
    StreamedCorpus corpus = StreamedCorpus.open(input, CorpusOptions.DEFAULTS);
    for (String other : List.of(lines(19), lines(21), lines(20).replace("word7", "worn7"))) {
      Files.writeString(input, other);
      String message =
          assertThrows(IllegalArgumentException.class, () -> pass(corpus)).getMessage();
      String rule =
          "input ["
              + input
              + "] must not change while it is read: its SHA-256 was ["
              + corpus.digest()
              + "] and is now [";
      assertTrue(message.startsWith(rule), message);
    }
    Files.writeString(input, lines(20));
    assertEquals(20, pass(corpus).size());
  }

  @Test
  void idsAreUniqueInTheWholeInputNotOnlyInTheSample() throws IOException {
    Path input = Files.writeString(folder.resolve("a.jsonl"), lines(20) + lines(1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> StreamedCorpus.open(input, sample(1, 1)))
            .getMessage();
    String places =
        "[%] line [21]: id [d0] must be unique, it occurs already at [%] line [1]"
            .replace("%", input.toString());
    assertEquals(places, message);
    Path table = Files.writeString(folder.resolve("a.csv"), "id,text\n1,x\n2,y\n1,z\n");
    message =
        assertThrows(IllegalArgumentException.class, () -> StreamedCorpus.open(table, sample(9, 1)))
            .getMessage();
    places =
        "[%] record [3]: id [1] must be unique, it occurs already at [%] record [1]"
            .replace("%", table.toString());
    assertEquals(places, message);
  }

  @Test
  void theFirstDocumentOfAnIdStaysAndTheOthersAreCounted() throws IOException {
    String twice = lines(20) + lines(3).replace("word", "other") + lines(22);
    Path input = Files.writeString(folder.resolve("a.jsonl"), twice);
    Path once = Files.writeString(folder.resolve("b.jsonl"), lines(22));
    StreamedCorpus corpus = StreamedCorpus.open(input, CorpusOptions.DEFAULTS);
    assertEquals(pass(StreamedCorpus.open(once, CorpusOptions.DEFAULTS)), pass(corpus));
    assertEquals(22, corpus.available());
    Corpus read = Corpus.read(input, CorpusOptions.DEFAULTS);
    assertEquals(pass(corpus), read.documents());
    String note =
        "left out [23] documents whose id occurred before, the first: [%] line [21]: id [d0] must be"
            + " unique, it occurs already at [%] line [1]; --duplicate-ids fail refuses them";
    assertEquals(List.of(note.replace("%", input.toString())), corpus.notes());
    assertEquals(corpus.notes(), read.notes());
  }

  @Test
  void whatCannotBeReadTwiceIsRefused() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    assertEquals(
        "input [/dev/null] must be a file or a folder, because it is read several times",
        assertThrows(
                IllegalArgumentException.class, () -> StreamedCorpus.open(device, sample(1, 1)))
            .getMessage());
  }
}
