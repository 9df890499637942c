// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.SharedNodes;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;

/**
 * One of three nodes has a plugin with another file of a built-in model, which no release has: its
 * codes are never mixed with those of the others.
 */
class OtherBuiltInModelIT {

  private static final String MODEL = "_near_duplicates_64";
  private static final int OTHER = 2;
  private static final String TEXT = "the same words on every node of the cluster";

  @TempDir private Path work;

  @Test
  void codesOfTwoFilesAreNeverMixed() throws IOException {
    Cluster cluster = SharedNodes.three();
    Path jar = jar(cluster);
    Path old = Files.copy(jar, work.resolve("old.jar"));
    byte[] file = RandomModel.of(List.of("same", "words", "node"), 8, 64).file();
    exchange(cluster, repack(old, file));
    try (Http here = cluster.http(0);
        Http there = cluster.http(OTHER)) {
      String digest = BuiltInModel.of(MODEL).orElseThrow().digest();
      String otherDigest = EncoderModel.read(file).digest();
      assertEquals(digest, digest(here));
      assertEquals(otherDigest, digest(there));
      hashOn(here, there, "built-in-1", digest, otherDigest);
      hashOn(there, here, "built-in-2", otherDigest, digest);
      here.delete("/built-in-1,built-in-2").ok();
      here.delete("/_ingest/pipeline/built-in").ok();
    } finally {
      exchange(cluster, old);
    }
    try (Http there = cluster.http(OTHER)) {
      assertEquals(BuiltInModel.of(MODEL).orElseThrow().digest(), digest(there));
    }
  }

  private static String digest(Http http) throws IOException {
    return http.get("/_semantic_hash/models/" + MODEL).ok().body().findValue("digest").asText();
  }

  /** The first document binds the field to the file of its node; the other node is refused. */
  private static void hashOn(Http first, Http second, String index, String digest, String other)
      throws IOException {
    Map<String, Object> processor = Map.of("model", MODEL, "field", "text", "target_field", "code");
    first
        .put(
            "/_ingest/pipeline/built-in",
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
    Map<String, Object> code = Map.of("type", "hash_code", "bits", 64, "model", MODEL);
    first.put("/" + index, Map.of("mappings", Map.of("properties", Map.of("code", code)))).ok();
    String document = "/" + index + "/_doc/";
    first.put(document + "1?refresh&pipeline=built-in", Map.of("text", TEXT)).ok();
    Reply refused = second.put(document + "2?refresh&pipeline=built-in", Map.of("text", TEXT));
    refusedWith(refused, digest, other);
    Map<String, Object> query =
        Map.of(
            "query", Map.of("hamming", Map.of("field", "code", "text", TEXT, "max_distance", 0)));
    String search = "/" + index + "/_search?allow_partial_search_results=false";
    assertEquals(
        1, first.post(search, query).ok().body().path("hits").path("total").path("value").asInt());
    refusedWith(second.post(search, query), digest, other);
  }

  private static void refusedWith(Reply reply, String digest, String other) {
    String body = reply.body().toString();
    assertEquals(400, reply.status(), body);
    assertTrue(
        body.contains(digest.substring(0, 16)) && body.contains(other.substring(0, 16)), body);
  }

  private static Path jar(Cluster cluster) throws IOException {
    try (Stream<Path> jars = Files.list(cluster.home(OTHER).resolve("plugins/semantic-hash"))) {
      return jars.filter(path -> path.getFileName().toString().startsWith("semantic-hash-core-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void exchange(Cluster cluster, Path jar) throws IOException {
    cluster.stop(OTHER);
    cluster.replace(OTHER, jar(cluster), jar);
    cluster.startAgain(OTHER);
    cluster.http().get("/_cluster/health?wait_for_nodes=3&timeout=120s").ok();
  }

  /** The jar with another file of the model, and its digest. */
  private Path repack(Path old, byte[] file) throws IOException {
    Path jar = work.resolve("other.jar");
    String digest = EncoderModel.read(file).digest();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(old));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] bytes = in.readAllBytes();
        if (entry.getName().endsWith("/" + MODEL + ".onnx")) {
          bytes = file;
        } else if (entry.getName().endsWith("/builtin/digests.txt")) {
          String listed = new String(bytes, StandardCharsets.UTF_8);
          String own = BuiltInModel.of(MODEL).orElseThrow().digest();
          bytes = listed.replace(own, digest).getBytes(StandardCharsets.UTF_8);
        }
        out.write(bytes);
      }
    }
    return jar;
  }
}
