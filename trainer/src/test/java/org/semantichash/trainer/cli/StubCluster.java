// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server in place of a cluster, which keeps what it is asked. */
@SuppressForbidden("the small server that every JDK has")
final class StubCluster implements AutoCloseable {

  /** Answers requests. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers one.
     *
     * @param request method and path, as in [GET /news/_mapping]
     */
    Answer answer(String request, String body);
  }

  /** An answer of a status. */
  record Answer(int status, String body) {
    static Answer ok(String body) {
      return new Answer(200, body);
    }
  }

  /** Every request, as [METHOD /path]. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The body of every request. */
  final List<String> bodies = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final Handler handler;

  private StubCluster(HttpServer server, Handler handler) {
    this.server = server;
    this.handler = handler;
    server.createContext("/", this::answer);
    server.start();
  }

  static StubCluster start(Handler handler) throws IOException {
    return new StubCluster(HttpServer.create(loopback(), 0), handler);
  }

  static StubCluster startSecured(SSLContext context, Handler handler) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new StubCluster(server, handler);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(request);
    bodies.add(body);
    Answer answer = handler.answer(request, body);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The body of the last such request. */
  String body(String request) {
    return bodies.get(requests.lastIndexOf(request));
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
