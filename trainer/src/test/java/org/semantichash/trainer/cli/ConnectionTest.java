// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says when a cluster refuses, or does not answer, and what to do about it. */
class ConnectionTest {

  private static final StubCluster.Answer NOTHING = StubCluster.Answer.ok("{\"models\":[]}");
  private static final String PASSWORD = "password";

  @TempDir private static Path folder;

  @BeforeAll
  static void certificates() throws IOException, InterruptedException {
    for (String name : List.of("own", "other")) {
      keytool(
          "-genkeypair", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1");
      keytool("-exportcert", name, "-rfc", "-file", folder.resolve(name + ".crt").toString());
    }
    keytool("-genkeypair", "elsewhere", "-keyalg", "EC", "-dname", "CN=e", "-ext", "san=dns:e");
    keytool(
        "-exportcert", "elsewhere", "-rfc", "-file", folder.resolve("elsewhere.crt").toString());
  }

  private static void keytool(String action, String name, String... more)
      throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(program, action, "-alias", name));
    command.addAll(List.of("-keystore", folder.resolve(name).toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
  }

  /** A server with a certificate that is its own authority. */
  private static StubCluster secured(String name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return StubCluster.startSecured(context, (request, body) -> NOTHING);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static CommandRun models(String url, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("models", "--url", url));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void modelsAreATableWithNames() throws IOException {
    String news =
        "{\"model\":\"news\",\"bits\":64,\"method\":\"auto\",\"size_in_bytes\":5254,"
            + "\"digest\":\"0123456789abcdef\"}";
    try (StubCluster cluster =
        StubCluster.start(
            (request, body) -> StubCluster.Answer.ok("{\"models\":[" + news + "]}"))) {
      assertEquals(
          List.of(
              "model\tbits\tmethod\tsize_in_bytes\tdigest",
              "news\t64\tauto\t5254\t0123456789abcdef"),
          models(cluster.url()).out().lines().toList());
      assertEquals(List.of(news), models(cluster.url(), "--json").out().lines().toList());
    }
  }

  @Test
  void aClusterWithoutThePluginAndFilesThatAreMissing() throws IOException {
    String none = "no handler found for uri [/_semantic_hash/models] and method [GET]";
    try (StubCluster cluster =
        StubCluster.start(
            (request, body) -> new StubCluster.Answer(400, "{\"error\":\"" + none + "\"}"))) {
      assertEquals(
          "semantic-hash models: the cluster has no plugin [semantic-hash], which must be installed"
              + " on every node: "
              + none,
          models(cluster.url()).lastError());
    }
    Path missing = folder.resolve("missing.crt");
    assertEquals(
        "semantic-hash models: [ca] must name a file, but there is no [" + missing + "]",
        models("https://localhost:1", "--ca", missing).lastError());
    assertEquals(
        "semantic-hash models: Unmatched argument at index 1: '@missing.txt'; no file [missing.txt]"
            + " with options can be read; see semantic-hash models --help",
        CommandRun.of("models", "@missing.txt").lastError());
  }

  private static void assertSays(String reason, CommandRun run) {
    assertEquals(1, run.code(), run.out());
    assertEquals("semantic-hash models: " + reason, run.lastError());
  }

  private static void assertNoAnswer(String reason, String url, Object... more) {
    assertSays("no answer from [" + url + "]: " + reason, models(url, more));
  }

  @Test
  void whoIsUnknownIsToldHowToSayWhoAsks() throws IOException {
    String body = "{\"error\":{\"reason\":\"missing credentials\"}}";
    try (StubCluster cluster = StubCluster.start((r, b) -> new StubCluster.Answer(401, body))) {
      String said = "the cluster answered with status [401]: missing credentials; ";
      assertSays(said + "authenticate with --user or --api-key", models(cluster.url()));
      assertSays(said + "check --user or --api-key", models(cluster.url(), "--user", "me:wrong"));
    }
  }

  @Test
  void whoLacksPrivilegesIsToldWhereTheyAreNamed() throws IOException {
    String body = "{\"error\":{\"reason\":\"action [x] is unauthorized for user [me]\"}}";
    try (StubCluster cluster = StubCluster.start((r, b) -> new StubCluster.Answer(403, body))) {
      assertSays(
          "the cluster answered with status [403]: action [x] is unauthorized for user [me];"
              + " --help of a command names the privileges that it needs",
          models(cluster.url()));
    }
  }

  @Test
  void aCertificateIsTrustedByItsAuthorityOnly() throws IOException {
    try (StubCluster cluster = secured("own")) {
      CommandRun trusted = models(cluster.url(), "--ca", folder.resolve("own.crt"));
      assertEquals(0, trusted.code(), trusted.err());
      assertNoAnswer(
          "its certificate is not trusted; --ca names its authority's certificate, on a node"
              + " config/certs/http_ca.crt",
          cluster.url());
      assertNoAnswer(
          "its certificate is not of the authority that --ca names",
          cluster.url(),
          "--ca",
          folder.resolve("other.crt"));
    }
    try (StubCluster cluster = secured("elsewhere")) {
      CommandRun run = models(cluster.url(), "--ca", folder.resolve("elsewhere.crt"));
      assertEquals(1, run.code());
      assertTrue(run.err().contains("its certificate does not fit: "), run.err());
    }
  }

  @Test
  void plainHttpAndTlsAreTakenForEachOther() throws IOException {
    try (StubCluster cluster = secured("own")) {
      assertNoAnswer(
          "it gives no HTTP answer; if it speaks TLS, use https:// and --ca",
          "http://127.0.0.1:" + cluster.port());
    }
    assertNoAnswerOf(
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "https",
        "it speaks no TLS; use http:// instead of https://");
  }

  /** As a node with TLS does. */
  @Test
  void aConnectionThatIsClosedMayBeOneForTls() throws IOException {
    assertNoAnswerOf(
        "", "http", "it gives no HTTP answer; if it speaks TLS, use https:// and --ca");
  }

  /** What is said of a server that answers whatever it reads with these bytes. */
  private static void assertNoAnswerOf(String bytes, String scheme, String reason)
      throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(listening, bytes));
      thread.setDaemon(true);
      thread.start();
      assertNoAnswer(reason, scheme + "://127.0.0.1:" + listening.getLocalPort());
    }
  }

  private static void answerAll(ServerSocket listening, String bytes) {
    try {
      while (listening.isClosed() == false) {
        try (Socket socket = listening.accept()) {
          assertTrue(socket.getInputStream().read(new byte[1024]) > 0);
          socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the test is over", e);
    }
  }

  @Test
  void anAddressWhereNobodyIsIsNamed() {
    assertNoAnswer(
        "host [no-such-host.invalid] is not known; check the name in --url",
        "http://no-such-host.invalid:9200");
    assertNoAnswer(
        "no process listens there; is the node running, and is this its HTTP port?",
        "http://127.0.0.1:1");
  }
}
