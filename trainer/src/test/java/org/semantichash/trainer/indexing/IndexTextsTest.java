// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.indexing.IndexTexts.Selection;
import org.semantichash.trainer.indexing.IndexTexts.TextCounts;

class IndexTextsTest {

  private static final int DOCUMENTS = 1200; // more than one batch of each slice

  @TempDir private Path folder;

  private final FakeIndex index = new FakeIndex();
  private final AtomicBoolean stop = new AtomicBoolean();

  private Path file() {
    return folder.resolve("texts.jsonl");
  }

  private TextCounts read(int sample, long seed) throws IOException {
    Selection selection =
        new Selection(
            "news",
            new FieldPath("body"),
            Optional.of(new FieldPath("section")),
            HashPlan.ALL,
            sample,
            seed);
    return new IndexTexts(index, selection, IndexWalk.Progress.NONE, stop::get).writeTo(file());
  }

  private Map<String, JsonNode> lines() throws IOException {
    Map<String, JsonNode> lines = new TreeMap<>();
    for (String line : Files.readAllLines(file())) {
      JsonNode json = new ObjectMapper().readTree(line);
      assertEquals(null, lines.put(json.path("id").asText(), json), "each document once");
    }
    assertEquals(List.copyOf(lines.keySet()), ids(), "by id");
    return lines;
  }

  private List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      ids.add(new ObjectMapper().readTree(line).path("id").asText());
    }
    return ids;
  }

  private void fill() {
    for (int i = 0; i < DOCUMENTS; i++) {
      index.put("d" + i, "{\"body\":\"text \\u00e9 " + i + "\"}");
    }
  }

  @Test
  void everyTextIsReadOnceWithItsLabels() throws IOException {
    index.put("plain", "{\"body\":\"one\",\"section\":\"a\"}");
    index.put("list", "{\"body\":[\"two\",\"three\"],\"section\":[\"a\",\"b\"]}");
    index.put("quoted", "{\"body\":\"line\\nbreak \\\"and\\\" quotes\"}");
    index.put("none", "{\"title\":\"no text\"}");
    index.put("blank", "{\"body\":\"  \"}");
    index.put("number", "{\"body\":5}");
    assertEquals(new TextCounts(6, 3), read(100, 1));
    Map<String, JsonNode> lines = lines();
    assertEquals(Set.of("news/plain", "news/list", "news/quoted"), lines.keySet());
    assertEquals("one", lines.get("news/plain").path("text").asText());
    assertEquals("[\"a\"]", lines.get("news/plain").path("label").toString());
    assertEquals("two\nthree", lines.get("news/list").path("text").asText());
    assertEquals("[\"a\",\"b\"]", lines.get("news/list").path("label").toString());
    assertEquals("line\nbreak \"and\" quotes", lines.get("news/quoted").path("text").asText());
    assertTrue(lines.get("news/quoted").path("label").isMissingNode());
  }

  /** The slices are read in another order each time. */
  @Test
  void aSeedGivesOneSample() throws IOException {
    fill();
    assertEquals(new TextCounts(DOCUMENTS, 100), read(100, 7));
    byte[] first = Files.readAllBytes(file());
    assertEquals(100, lines().size());
    for (int i = 0; i < 10; i++) {
      read(100, 7);
      assertArrayEquals(first, Files.readAllBytes(file()));
    }
    read(100, 8);
    assertNotEquals(new String(first, java.nio.charset.StandardCharsets.UTF_8), text());
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  /**
   * 60 samples of a half: a document is in 30 of them, give or take 5 standard deviations of 3.9.
   */
  @Test
  void everyDocumentHasTheSameChance() throws IOException {
    for (int i = 0; i < 200; i++) {
      index.put("d" + i, "{\"body\":\"text\"}");
    }
    Map<String, Integer> taken = new TreeMap<>();
    Set<List<String>> samples = new HashSet<>();
    for (long seed = 0; seed < 60; seed++) {
      read(100, seed);
      ids().forEach(id -> taken.merge(id, 1, Integer::sum));
      samples.add(ids());
    }
    assertEquals(60, samples.size());
    assertEquals(200, taken.size());
    taken.forEach((id, times) -> assertTrue(times > 10 && times < 50, id + ": " + times));
  }

  @Test
  void aLostPointInTimeMakesNothingTwice() throws IOException {
    fill();
    AtomicInteger searches = new AtomicInteger();
    index.before =
        request -> {
          if (request.equals("POST _search") && searches.incrementAndGet() == 6) {
            throw new ClusterException(404, "no such search context");
          }
        };
    assertEquals(new TextCounts(DOCUMENTS, DOCUMENTS), read(DOCUMENTS, 1));
    assertEquals(DOCUMENTS, lines().size());
  }

  @Test
  void nothingIsLeftWhenItIsStoppedOrFails() throws IOException {
    fill();
    index.after = request -> stop.set(stop.get() || request.equals("POST _search"));
    assertThrows(CancellationException.class, () -> read(DOCUMENTS, 1));
    assertNoFiles();
    stop.set(false);
    index.after =
        request -> {
          if (request.equals("POST _search")) {
            throw new ClusterException(400, "no");
          }
        };
    assertThrows(ClusterException.class, () -> read(DOCUMENTS, 1));
    assertNoFiles();
  }

  private void assertNoFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void onlyTheOwnerReadsTheFile() throws IOException {
    fill();
    read(10, 1);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }
  }

  @Test
  void anIndexWithoutTextsIsRefused() {
    index.put("a", "{\"body\":7}");
    Exception e = assertThrows(IllegalArgumentException.class, () -> read(10, 1));
    assertEquals(
        "[field] must name a field with text, but none of [1] documents of index [news] that match"
            + " has a text in field [body]",
        e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> read(0, 1));
    assertEquals("[sample] must be at least [1], got [0]", e.getMessage());
  }
}
