// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that answers as the plugin does, and what the command line makes of it. */
@SuppressForbidden("the small server that every JDK has, in place of a cluster")
class UploadCommandTest {

  private static final String ALL_GRANTED = "{\"username\":\"me\",\"cluster\":{},\"index\":{}}";
  private static final String OLD =
      "{\"models\":[{\"digest\":\"other\",\"old_codes\":["
          + "{\"index\":\"i\",\"field\":\"code\",\"digest\":\"o\",\"documents\":7},"
          + "{\"index\":\"j\",\"field\":\"code\",\"digest\":\"o\"}]}]}";

  @TempDir private static Path folder;
  private static Path model;
  private static HttpServer server;
  private static final List<String> requests = new CopyOnWriteArrayList<>();
  private static volatile String privileges;
  private static volatile int privilegesStatus;

  /** What a call left behind. */
  private record Run(int code, String out, String err) {}

  private static Run run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    int code =
        SemanticHash.run(new PrintWriter(out), new PrintWriter(err), words.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private static Run upload(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("upload", model, "--id", "news", "--url", url()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  private static String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @BeforeAll
  static void serve() throws IOException {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 200, 1);
    model = folder.resolve("news.onnx");
    Run trained = run("train", corpus, "-o", model, "--method", "lsh", "--max-df", 0.6);
    assertEquals(0, trained.code(), trained.err());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", UploadCommandTest::answer);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void forget() {
    requests.clear();
    privileges = ALL_GRANTED;
    privilegesStatus = 200;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    exchange.getRequestBody().readAllBytes();
    String answer = "{\"result\":\"replaced\"}";
    int status = 200;
    if (path.equals("/_security/user/_has_privileges")) {
      answer = privileges;
      status = privilegesStatus;
    } else if (exchange.getRequestMethod().equals("GET")) {
      answer = OLD;
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static boolean nothingWritten() {
    return requests.stream().noneMatch(request -> request.startsWith("PUT"));
  }

  @Test
  void fieldsThatWouldRefuseTheirWritesAreShownAndAskedAbout() {
    Run run = upload("--replace");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("index [i]: field [code] with 7 codes"), run.err());
    assertTrue(run.err().contains("index [j]: field [code] with an unknown number of"), run.err());
    assertTrue(run.err().contains("[yes] must be given"), run.err());
    assertTrue(nothingWritten(), requests.toString());
    run = upload("--replace", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("model [news] replaced"), run.out());
    assertTrue(requests.contains("PUT /_semantic_hash/models/news"), requests.toString());
  }

  @Test
  void anAliasIsSwitchedAfterTheUploadAndAskedAboutToo() {
    assertEquals(1, upload("--alias", "live").code());
    assertTrue(nothingWritten(), requests.toString());
    Run run = upload("--replace", "--alias", "live", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("alias [live] stands for model [news] now"), run.out());
    assertEquals("PUT /_semantic_hash/aliases/live", requests.getLast());
  }

  @Test
  void missingPrivilegesAreToldBeforeTheWork() {
    privileges =
        "{\"username\":\"me\",\"cluster\":{\"cluster:admin/semantic_hash/model/put\":false,"
            + "\"cluster:monitor/semantic_hash/model/get\":true},\"index\":{}}";
    Run run = upload("--replace", "--yes");
    assertEquals(1, run.code());
    assertEquals(
        "semantic-hash upload: user [me] lacks [cluster:admin/semantic_hash/model/put] on the"
            + " cluster; nothing was done",
        run.err().strip());
    assertEquals(List.of("POST /_security/user/_has_privileges"), requests);
    privileges =
        "{\"username\":\"me\",\"cluster\":{},\"index\":{\"i\":{\"read\":true,\"index\":false}}}";
    requests.clear();
    run = run("hash-index", "--index", "i", "--field", "t", "--model", "news", "--url", url());
    assertTrue(run.err().contains("user [me] lacks [index] on the index [i]"), run.err());
    assertEquals(List.of("POST /_security/user/_has_privileges"), requests);
  }

  @Test
  void aClusterWithoutSecurityIsNotAskedFurther() {
    privileges = "{\"error\":\"no handler found for uri\"}";
    privilegesStatus = 400;
    Run run = upload("--replace", "--yes");
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void whoIsUnknownIsToldHowToSayWhoAsks() {
    privilegesStatus = 401;
    Run run = upload();
    assertTrue(run.err().contains("status [401]"), run.err());
    assertTrue(run.err().contains("say who asks by --user or --api-key"), run.err());
    run = upload("--user", "me:wrong");
    assertTrue(run.err().contains("; check --user or --api-key"), run.err());
  }

  @Test
  void everyWayOfNotBeingAnsweredSaysWhatToDo() throws IOException {
    assertTrue(
        models("http://no-such-host.invalid:9200").contains("host [no-such-host.invalid] is not"));
    assertTrue(models("http://127.0.0.1:1").contains("nobody listens there"));
    // As a node with TLS does to whoever speaks plain HTTP, and one without to whoever speaks TLS.
    assertTrue(models("http", "").contains("if it speaks TLS, use https:// and --ca"));
    assertTrue(
        models("https", "HTTP/1.1 400 Bad Request\r\n\r\n")
            .contains("use http:// instead of https://"));
  }

  /** What is said of a server that answers whatever is asked with these bytes. */
  private static String models(String scheme, String answer) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(listening, answer));
      thread.setDaemon(true);
      thread.start();
      return models(scheme + "://127.0.0.1:" + listening.getLocalPort());
    }
  }

  private static void answerAll(ServerSocket listening, String answer) {
    try {
      while (listening.isClosed() == false) {
        try (Socket socket = listening.accept()) {
          assertTrue(socket.getInputStream().read(new byte[1024]) > 0);
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the test is over", e);
    }
  }

  private static String models(String url) {
    Run run = run("models", "--url", url);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("no answer from [" + url + "]"), run.err());
    return run.err();
  }

  @Test
  void unknownOptionsAndCommandsSuggestTheNearOne() {
    Run run = run("upload", model, "--replcae");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean --replace"), run.err());
    run = run("trian");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean train"), run.err());
  }

  @Test
  void helpNamesThePrivileges() {
    for (String command :
        List.of("upload", "models", "delete", "hash-index", "rehash", "near-duplicates")) {
      assertTrue(run(command, "--help").out().contains("Privileges:"), command);
    }
  }
}
