// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;
import org.semantichash.trainer.cli.SemanticHash;

/** With security and TLS everybody may do what his role says, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredNodeIT {

  private static final String MODELS = "/_semantic_hash/models";
  private static final String MODEL = MODELS + "/" + GlossModel.NAME;
  private static final String OPERATOR = "operator";
  private static final String READER = "reader";
  private static final String WRITER = "writer";

  private static final Map<String, String> ROLES =
      Map.of(
          OPERATOR,
          """
          {"cluster": ["cluster:admin/semantic_hash/*", "cluster:monitor/semantic_hash/*"]}""",
          READER,
          """
          {"cluster": ["cluster:monitor/semantic_hash/*"]}""",
          WRITER,
          """
          {"indices": [{"names": ["glosses"], "privileges": ["write", "read"]}]}""");

  private Cluster cluster;
  private GlossModel model;

  @BeforeAll
  void start() throws IOException {
    model = GlossModel.shared();
    cluster = Cluster.startSecured("secured", Distribution.ofBuild().quickStart(), ROLES);
    assertEquals("", upload(OPERATOR, GlossModel.NAME));
    GlossIndex.putPipeline(cluster.http(), GlossModel.NAME);
    new GlossIndex(cluster.http(), "glosses").create(GlossModel.NAME, GlossModel.BITS, 1, 0);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** Uploads with the command line; the reason why it failed, or nothing. */
  private String upload(String user, String id, String... more) {
    StringWriter err = new StringWriter();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "upload",
                model.model().file().toString(),
                "--id",
                id,
                "--url",
                cluster.address(),
                "--user",
                user + ":" + Security.PASSWORD));
    arguments.addAll(
        more.length > 0
            ? List.of(more)
            : List.of("--ca", cluster.security().certificate().toString()));
    int status =
        SemanticHash.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    return status == 0 ? "" : err.toString();
  }

  private Reply asked(String user, String method, String path) throws IOException {
    try (Http http = cluster.as(user)) {
      return switch (method) {
        case "GET" -> http.get(path);
        case "POST" -> http.post(path);
        case "PUT" -> http.putBytes(path, Files.readAllBytes(model.model().file()));
        default -> http.delete(path);
      };
    }
  }

  @Test
  void rolesDecideWhoMayDoWhat() throws IOException {
    for (String user : List.of(OPERATOR, READER)) {
      assertEquals(200, asked(user, "GET", MODELS).status(), user);
      assertEquals(200, asked(user, "GET", MODEL + "/_stats").status(), user);
    }
    for (String user : List.of(READER, WRITER)) {
      assertEquals(403, asked(user, "PUT", MODELS + "/other").status(), user);
      assertEquals(403, asked(user, "DELETE", MODEL).status(), user);
      assertEquals(403, asked(user, "POST", MODEL + "/_warm").status(), user);
    }
    assertEquals(403, asked(WRITER, "GET", MODELS).status());
    assertEquals(200, asked(OPERATOR, "PUT", MODELS + "/other").status());
    assertEquals(200, asked(OPERATOR, "POST", MODELS + "/other/_warm").status());
    assertEquals(200, asked(OPERATOR, "DELETE", MODELS + "/other").status());
  }

  @Test
  void whoWritesDocumentsNeedsNoRightOnModels() throws IOException {
    cluster.http().post("/_semantic_hash/_clear_cache").ok();
    List<Gloss> some = model.indexed().subList(0, 100);
    try (Http writer = cluster.as(WRITER)) {
      GlossIndex index = new GlossIndex(writer, "glosses");
      StringBuilder lines = new StringBuilder();
      for (Gloss gloss : some) {
        lines.append("{\"index\":{\"_id\":\"").append(gloss.id()).append("\"}}\n");
        lines.append(Http.JSON.writeValueAsString(Map.of("text", gloss.text()))).append('\n');
      }
      byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
      Reply reply =
          writer.bulk("/" + index.name() + "/_bulk?pipeline=" + GlossModel.NAME, body).ok();
      assertEquals(false, reply.body().path("errors").asBoolean(true), reply.body().toString());
      for (Gloss gloss : some) {
        String code =
            writer
                .get("/glosses/_doc/" + gloss.id() + Http.WITH_CODES)
                .ok()
                .body()
                .at("/_source/code")
                .asText();
        BinaryCode expected = model.codes().code(gloss.id());
        assertEquals(expected, StampedCode.parse(code, expected.bits()).code());
      }
      String query = "{\"query\":{\"hamming\":{\"field\":\"code\",\"text\":\"a bird\"}}}";
      writer.post("/glosses/_search", query).ok();
    }
  }

  @Test
  void nobodyReadsOrWritesTheIndexDirectly() throws IOException {
    for (String user : List.of(Security.ADMIN, OPERATOR, WRITER)) {
      Reply reply = asked(user, "GET", "/.semantic-hash-models-1/_search");
      assertTrue(reply.status() == 400 || reply.status() == 403, user + reply.body());
      reply = asked(user, "DELETE", "/.semantic-hash-models-1");
      assertTrue(reply.status() == 400 || reply.status() == 403, user + reply.body());
    }
  }

  @Test
  void theCommandLineSaysWhatIsMissing() {
    assertTrue(upload("nobody", "x").contains("status [401]"));
    assertTrue(upload(READER, "x").contains("cluster:admin/semantic_hash/model/put"));
    // Without the certificate the server is not trusted.
    assertTrue(upload(OPERATOR, "x", "--stacktrace").contains("no answer from"));
  }
}
