// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusOptions.DuplicateIds;

class CorpusTest {

  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(bytes);
      }
    } else {
      Files.write(file, bytes);
    }
    return file;
  }

  private static List<Document> read(Path input) {
    return Corpus.read(input, CorpusOptions.DEFAULTS).documents();
  }

  private static void assertError(String message, Path input) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> read(input)).getMessage());
  }

  private static final String JSON =
      """
      {"id": "a", "text": "first \u00e9", "label": "x"}

      {"text": "second", "label": ["x", 7]}
      {"id": 3, "text": ""}
      """;

  private static final List<Document> DOCUMENTS =
      List.of(
          new Document("a", "first \u00e9", List.of("x")),
          new Document("3", "second", List.of("x", "7")),
          new Document("3.", "", List.of()));

  @Test
  void jsonLinesPlainAndGzip() throws IOException {
    String json = JSON.replace("\"id\": 3,", "\"id\": \"3.\",");
    assertEquals(DOCUMENTS, read(file("c.jsonl", json)));
    assertEquals(DOCUMENTS, read(file("c.jsonl.gz", json)));
  }

  @Test
  void theDigestIsThatOfTheWholeFile() throws IOException {
    Path input = file("c.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    String whole = Corpus.read(input, CorpusOptions.DEFAULTS).digest();
    CorpusOptions one =
        new CorpusOptions(List.of("text"), "label", false, "id", DuplicateIds.FAIL, 1, 1);
    assertEquals(1, Corpus.read(input, one).documents().size());
    assertEquals(whole, Corpus.read(input, one).digest());
    assertEquals(64, whole.length());
    Path other = file("d.jsonl", "{\"text\": \"a\"}\n{\"text\": \"c\"}\n");
    assertNotEquals(whole, Corpus.read(other, CorpusOptions.DEFAULTS).digest());
  }

  @Test
  void fieldsCanBeNamedAndJoined() throws IOException {
    Path input =
        file("c.jsonl", "{\"title\": \"t\", \"body\": \"b\", \"topic\": \"x\", \"key\": \"k\"}");
    CorpusOptions options =
        new CorpusOptions(List.of("title", "body"), "topic", true, "key", DuplicateIds.FAIL, 9, 1);
    assertEquals(
        List.of(new Document("k", "t\nb", List.of("x"))), Corpus.read(input, options).documents());
  }

  @Test
  void aLabelFieldThatIsAskedForMustBeThere() throws IOException {
    CorpusOptions asked =
        new CorpusOptions(List.of("text"), "topc", true, "id", DuplicateIds.FAIL, 9, 1);
    CorpusOptions byDefault =
        new CorpusOptions(List.of("text"), "topc", false, "id", DuplicateIds.FAIL, 9, 1);
    Path json = file("c.jsonl", "{\"text\": \"x\", \"topic\": 1}\n{\"text\": \"y\"}\n");
    assertEquals(
        "a record of ["
            + json
            + "] must have the label field [topc], the first one has [text, topic]",
        assertThrows(IllegalArgumentException.class, () -> Corpus.read(json, asked)).getMessage());
    Path table = file("c.csv", "text,topic\nx,1\n");
    assertEquals(
        "[" + table + "] must have a column [topc], got [text, topic]",
        assertThrows(IllegalArgumentException.class, () -> Corpus.read(table, asked)).getMessage());
    for (Path input : List.of(json, table)) {
      assertEquals(List.of(), Corpus.read(input, byDefault).documents().getFirst().labels());
    }
    Path late = file("d.jsonl", "{\"text\": \"x\"}\n{\"text\": \"y\", \"topc\": null}\n");
    assertEquals(2, Corpus.read(late, asked).documents().size());
    file("in/sport/one.txt", "goal"); // a folder has no fields
    Corpus files = Corpus.read(folder.resolve("in"), asked);
    assertEquals(List.of("sport"), files.documents().getFirst().labels());
  }

  @Test
  void labelsOfAnotherNameAreNoticed() throws IOException {
    Path json = file("c.jsonl", "{\"text\": \"x\", \"labels\": [1, 2]}\n{\"text\": \"y\"}\n");
    Path table = file("c.csv", "text,Label\nx,1\n");
    String note =
        "no record has the field [label], but the first has [%]: --label-field % takes its labels";
    for (Path input : List.of(json, table)) {
      String field = input.equals(json) ? "labels" : "Label";
      assertEquals(
          List.of(note.replace("%", field)), Corpus.read(input, CorpusOptions.DEFAULTS).notes());
      assertEquals(List.of(), Corpus.read(input, labels(field)).notes());
    }
    Path mixed =
        file("d.jsonl", "{\"text\": \"x\", \"labels\": 1}\n{\"text\": \"y\", \"label\": 2}\n");
    assertEquals(List.of(), Corpus.read(mixed, CorpusOptions.DEFAULTS).notes());
  }

  @Test
  void labelsCanBeLeftUnread() throws IOException {
    Path json = file("c.jsonl", "{\"text\": \"x\", \"label\": {\"not\": 1}, \"none\": \"y\"}");
    Path table = file("c.csv", "text,label,none\nx,1,2\n");
    file("in/sport/one.txt", "goal");
    for (Path input : List.of(json, table, folder.resolve("in"))) {
      Corpus corpus = Corpus.read(input, labels(CorpusOptions.NO_LABELS));
      assertEquals(List.of(), corpus.documents().getFirst().labels());
      assertEquals(List.of(), corpus.notes());
    }
  }

  private static CorpusOptions labels(String field) {
    return new CorpusOptions(List.of("text"), field, true, "id", DuplicateIds.FIRST, 9, 1);
  }

  @Test
  void badJsonIsNamedByItsLine() throws IOException {
    Path input = file("a.jsonl", "{\"text\": \"fine\"}\n[1]\n");
    assertError("[" + input + "] line [2] must be a JSON object, got [ARRAY]", input);
    input = file("b.jsonl", "{\"text\": 5}");
    assertError("[" + input + "] line [1]: field [text] must be a string, got [NUMBER]", input);
    input = file("c.jsonl", "{\"body\": \"x\"}");
    assertError("[" + input + "] line [1]: field [text] must be a string, got [MISSING]", input);
    input = file("d.jsonl", "{\"text\": \"x\", \"label\": {}}");
    assertError(
        "["
            + input
            + "] line [1]: field [label] must be a string, a number or an array of them, got"
            + " [OBJECT]",
        input);
    Path broken = file("e.jsonl", "{\"text\": \"x\"");
    String message = assertThrows(IllegalArgumentException.class, () -> read(broken)).getMessage();
    assertTrue(message.startsWith("[" + broken + "] line [1] must be a JSON object: "), message);
  }

  @Test
  void twoDocumentsWithOneIdAreRefusedOnDemand() throws IOException {
    Path input = file("a.jsonl", "{\"id\":\"7\",\"text\":\"x\"}\n{\"id\":7,\"text\":\"y\"}\n");
    CorpusOptions strict =
        new CorpusOptions(List.of("text"), "label", false, "id", DuplicateIds.FAIL, 9, 1);
    assertEquals(
        "["
            + input
            + "] line [2]: id [7] must be unique, it occurs already at ["
            + input
            + "] line [1]",
        assertThrows(IllegalArgumentException.class, () -> Corpus.read(input, strict))
            .getMessage());
  }

  @Test
  void missingEmptyAndBrokenInputsAreNamed() throws IOException {
    Path missing = folder.resolve("none.jsonl");
    assertError("input [" + missing + "] does not exist", missing);
    Path empty = file("empty.jsonl", "\n\n");
    assertError("input [" + empty + "] must hold at least one document, got [0]", empty);
    Path emptyFolder = Files.createDirectory(folder.resolve("nothing"));
    assertError(
        "input [" + emptyFolder + "] must hold at least one document, got [0]", emptyFolder);
    Path notGzip = folder.resolve("x.jsonl.gz");
    Files.writeString(notGzip, "{\"text\": \"x\"}");
    assertError("[" + notGzip + "] must be a gzip file: Not in GZIP format", notGzip);
    Path latin = folder.resolve("latin.jsonl");
    Files.write(latin, "{\"text\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertError("[" + latin + "] near line [1]: must be UTF-8 text", latin);
  }

  private static CorpusOptions encoded(String encoding) {
    return new CorpusOptions(
        List.of("text"), "label", false, "id", DuplicateIds.FAIL, 9, 1, Charset.forName(encoding));
  }

  @Test
  void otherEncodingsAreReadAsTheyAreNamed() throws IOException {
    String text = "caf\u00e9 \u00fc";
    for (String encoding : List.of("ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-8")) {
      Charset charset = Charset.forName(encoding);
      Path in = folder.resolve(encoding);
      Files.createDirectories(in.resolve("tree/label"));
      Files.writeString(in.resolve("j.jsonl"), "{\"text\": \"" + text + "\"}\n", charset);
      Files.writeString(in.resolve("t.csv"), "text\n" + text + "\n", charset);
      Files.writeString(in.resolve("tree/label/one.txt"), text, charset);
      for (String name : List.of("j.jsonl", "t.csv", "tree")) {
        Path input = in.resolve(name);
        List<Document> read = Corpus.read(input, encoded(encoding)).documents();
        assertEquals(List.of(text), read.stream().map(Document::text).toList(), name);
      }
    }
    Path latin = folder.resolve("ISO-8859-1/t.csv");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Corpus.read(latin, encoded("US-ASCII")))
            .getMessage()
            .endsWith(": must be US-ASCII text"));
  }

  @Test
  void brokenGzipFilesAreNamed() throws IOException {
    Path cut = folder.resolve("cut.jsonl.gz");
    byte[] whole = Files.readAllBytes(file("whole.jsonl.gz", "{\"text\": \"x\"}\n"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 9));
    assertError("[" + cut + "] near line [1]: must be a whole gzip file, it ends too early", cut);
    Path cutTable = folder.resolve("cut.csv.gz");
    Files.write(cutTable, Arrays.copyOf(whole, whole.length - 9));
    assertError(
        "[" + cutTable + "] near line [1]: must be a whole gzip file, it ends too early", cutTable);
    Path nothing = Files.createFile(folder.resolve("nothing.jsonl.gz"));
    assertError("[" + nothing + "] must be a gzip file, got a shorter one", nothing);
  }

  @Test
  void nothingOnALineIsDropped() throws IOException {
    Path two = file("two.jsonl", "{\"text\": \"x\"} {\"text\": \"y\"}\n");
    assertError("[" + two + "] line [1] must be a JSON object and nothing after it", two);
    Path twice = file("twice.jsonl", "{\"text\": \"x\", \"text\": \"y\"}\n");
    assertError("[" + twice + "] line [1] must be a JSON object: Duplicate field 'text'", twice);
    Path id = file("id.jsonl", "{\"text\": \"x\", \"id\": {\"n\": 1}}\n");
    assertError("[" + id + "] line [1]: field [id] must be a string or a number, got [OBJECT]", id);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    List<Document> x = List.of(new Document("1", "x", List.of()));
    assertEquals(x, read(file("m.jsonl", "\ufeff{\"text\": \"x\"}\n")));
    assertEquals(x, read(file("m.csv", "\ufefftext,other\nx,y\n")));
  }

  @Test
  void tablesWithQuotesCommasAndTabs() throws IOException {
    Path csv = file("t.csv", "id,label,text\n1,x,\"a, \"\"b\"\"\nc\"\n2,,d\n");
    assertEquals(
        List.of(new Document("1", "a, \"b\"\nc", List.of("x")), new Document("2", "d", List.of())),
        read(csv));
    Path tsv = file("t.tsv.gz", "text\tother\nhello, world\tz\n");
    assertEquals(List.of(new Document("1", "hello, world", List.of())), read(tsv));
  }

  @Test
  void badTablesAreNamedByTheirRecord() throws IOException {
    Path input = file("t.csv", "id,body\n1,x\n");
    assertError("[" + input + "] must have a column [text], got [id, body]", input);
    input = file("u.csv", "id,text\n1,x\n2,y,z\n");
    assertError("[" + input + "] record [2] must have [2] values, got [3]", input);
    Path quote = file("q.csv", "text,id\na,1\n\"x\" y,2\n");
    String message = assertThrows(IllegalArgumentException.class, () -> read(quote)).getMessage();
    assertTrue(message.startsWith("[" + quote + "] near record [2]: cannot be read: "), message);
    for (String header : List.of("text,text", "text,,")) {
      Path bad = file("h.csv", header + "\nx,y\n");
      message = assertThrows(IllegalArgumentException.class, () -> read(bad)).getMessage();
      String rule = "[" + bad + "] must begin with a line of different column names: ";
      assertTrue(message.startsWith(rule), message);
    }
    Path empty = file("e.csv", "");
    assertError("[" + empty + "] must have a column [text], got []", empty);
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "text\nfine\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> read(latin))
            .getMessage()
            .endsWith(": must be UTF-8 text"));
  }

  @Test
  void foldersAreLabels() throws IOException {
    file("in/sport/one.txt", "goal");
    file("in/sport/ball/two.txt", "kick");
    file("in/three.txt", "none");
    file("in/.notes", "hidden");
    file("in/.git/config", "hidden");
    assertEquals(
        List.of(
            new Document("sport/ball/two.txt", "kick", List.of("sport/ball")),
            new Document("sport/one.txt", "goal", List.of("sport")),
            new Document("three.txt", "none", List.of())),
        read(folder.resolve("in")));
    Path binary = folder.resolve("in/sport/bad.txt");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertError("[" + binary + "] must be UTF-8 text", folder.resolve("in"));
  }
}
