// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;

/**
 * A node on which ONNX Runtime cannot run: it starts, searches, and hashes with models in integers;
 * with a model in floats it says what is wrong.
 */
class BrokenNativeIT {

  private static final String INDEX = "glosses";
  private static final String FLOATS = "floats";

  @Test
  void withoutItsNativeLibraryTheNodeHashesAndSearches() throws IOException {
    try (Cluster cluster =
        Cluster.prepare("broken-native", 1, Distribution.ofBuild().quickStart())) {
      breakLibraries(cluster.home(0).resolve("plugins/semantic-hash/native"));
      assertHashesAndSearches(cluster, "failed");
    }
  }

  /** The zip without natives, made from the full one: it has no entitlements either. */
  @Test
  void theZipWithoutNativesHashesAndSearches() throws IOException {
    Distribution built = Distribution.ofBuild().quickStart();
    Path zip = built.work().resolve("no-natives.zip");
    withoutNatives(built.plugin(), zip);
    try (Cluster cluster = Cluster.prepare("no-natives", 1, built.withPlugin(zip))) {
      assertHashesAndSearches(cluster, "absent");
    }
  }

  private static void assertHashesAndSearches(Cluster cluster, String onnxRuntime)
      throws IOException {
    GlossModel model = GlossModel.shared();
    cluster.putModel(GlossModel.NAME, model.model().file());
    cluster.putModel(FLOATS, formatOne());
    cluster.startNodes();
    Http http = cluster.http();
    GlossIndex.putPipeline(http, GlossModel.NAME);
    indexCodes(http, model);
    searchByCodeAndDocument(http, model);
    String stats = textsAreHashed(http, model);
    assertTrue(stats.contains("\"" + onnxRuntime + "\""), stats);
    textsOfAModelInFloatsAreRefusedWithTheReason(http);
  }

  /** A file that the first trainer wrote. */
  private static Path formatOne() throws IOException {
    Path file = Path.of(System.getProperty("semantichash.work"), "model", "format-1.onnx");
    Files.createDirectories(file.getParent());
    try (InputStream resource = BrokenNativeIT.class.getResourceAsStream("format-1.onnx")) {
      return Files.write(file, resource.readAllBytes());
    }
  }

  /** No library, as where none is shipped; and files that are none. */
  private static void breakLibraries(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> libraries = files.filter(Files::isRegularFile).toList();
      assertTrue(libraries.size() > 0, "no libraries in " + folder);
      for (Path library : libraries) {
        Files.write(library, new byte[] {1, 2, 3});
      }
    }
  }

  private static void indexCodes(Http http, GlossModel model) throws IOException {
    GlossIndex index = new GlossIndex(http, INDEX);
    index.create(GlossModel.NAME, GlossModel.BITS, 1, 0);
    StringBuilder lines = new StringBuilder();
    for (Gloss gloss : model.indexed().subList(0, 500)) {
      lines.append("{\"index\":{\"_id\":\"").append(gloss.id()).append("\"}}\n");
      lines.append("{\"code\":\"").append(model.codes().code(gloss.id()).toHex()).append("\"}\n");
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode reply = http.bulk("/" + INDEX + "/_bulk", body).ok().body();
    assertEquals(false, reply.path("errors").asBoolean(true), reply.toString());
    index.refresh();
  }

  private static void searchByCodeAndDocument(Http http, GlossModel model) throws IOException {
    Map<String, BinaryCode> indexed = new LinkedHashMap<>();
    model
        .indexed()
        .subList(0, 500)
        .forEach(gloss -> indexed.put(gloss.id(), model.codes().code(gloss.id())));
    CodeTable table = new CodeTable(indexed);
    String id = model.indexed().get(0).id();
    BinaryCode code = table.code(id);
    for (Hamming query : List.of(Hamming.code(code.toHex()), Hamming.like(INDEX, id))) {
      Hits hits = Hits.of(http.post("/" + INDEX + "/_search", query.within(16).search(50)));
      HitCheck.check(hits, table, code, 16, 50);
    }
  }

  private static String stats(Http http) throws IOException {
    return http.get("/_semantic_hash/stats").ok().body().toString();
  }

  /** Java gives the codes of the trainer, which ONNX Runtime has confirmed there. */
  private static String textsAreHashed(Http http, GlossModel model) throws IOException {
    GlossIndex index = new GlossIndex(http, "hashed");
    index.create(GlossModel.NAME, GlossModel.BITS, 1, 0);
    List<Gloss> glosses = model.indexed().subList(0, 200);
    StringBuilder lines = new StringBuilder();
    for (Gloss gloss : glosses) {
      lines.append("{\"index\":{\"_id\":\"").append(gloss.id()).append("\"}}\n");
      lines.append(Http.JSON.writeValueAsString(Map.of("text", gloss.text()))).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    String bulk = "/hashed/_bulk?pipeline=" + GlossModel.NAME;
    JsonNode reply = http.bulk(bulk, body).ok().body();
    assertEquals(false, reply.path("errors").asBoolean(true), reply.toString());
    index.refresh();
    for (Gloss gloss : glosses.subList(0, 50)) {
      String document = "/hashed/_doc/" + gloss.id() + Http.WITH_CODES;
      JsonNode source = http.get(document).ok().body().path("_source");
      String code = source.path("code").asText();
      assertEquals(model.codes().code(gloss.id()).toHex(), code.split("@", 2)[0], gloss.text());
    }
    // The model is in use before ONNX Runtime is tried.
    Deadline.await("a check by ONNX Runtime", 60, () -> stats(http).contains("unused") == false);
    String stats = stats(http);
    assertTrue(stats.contains("\"encoder\":\"java\""), stats);
    return stats;
  }

  private static void withoutNatives(Path full, Path zip) throws IOException {
    try (ZipFile in = new ZipFile(full.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        boolean left =
            entry.getName().startsWith("native/")
                || entry.getName().equals("entitlement-policy.yaml");
        if (left == false && entry.isDirectory() == false) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(in.getInputStream(entry).readAllBytes());
          out.closeEntry();
        }
      }
    }
  }

  private static void textsOfAModelInFloatsAreRefusedWithTheReason(Http http) throws IOException {
    String lines =
        """
        {"index":{"_id":"a"}}
        {"text":"a bird"}
        {"index":{"_id":"b"}}
        {"text":"a ship"}
        """;
    GlossIndex.putPipeline(http, FLOATS);
    // Twice: later failures must say as much as the first.
    for (int attempt = 0; attempt < 2; attempt++) {
      JsonNode reply =
          http.bulk("/others/_bulk?pipeline=" + FLOATS, lines.getBytes(StandardCharsets.UTF_8))
              .ok()
              .body();
      for (JsonNode item : reply.path("items")) {
        assertReason(item.path("index").path("status").asInt(), item.toString());
      }
      Object query = Map.of("docs", List.of(Map.of("text", "a bird")));
      Reply hash = http.post("/_semantic_hash/models/" + FLOATS + "/_hash", query);
      assertReason(hash.status(), hash.body().toString());
    }
  }

  private static void assertReason(int status, String body) {
    assertEquals(503, status, body);
    assertTrue(body.contains("model [floats] cannot run on this node"), body);
    assertTrue(body.contains("onnxruntime"), body);
  }
}
