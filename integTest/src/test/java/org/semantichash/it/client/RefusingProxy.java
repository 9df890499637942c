// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.semantichash.trainer.cli.SuppressForbidden;
import org.semantichash.trainer.cluster.HttpCluster.Authority;

/**
 * Stands before a secured node and passes requests on, but from some change on it refuses all of
 * them: for a client this is an interrupt between any two changes.
 */
@SuppressForbidden("the small server that every JDK has")
final class RefusingProxy implements AutoCloseable {

  /** Requests that change nothing, whatever their method. */
  private static final Pattern READS =
      Pattern.compile(
          ".*/(_search|_count|_pit|_has_privileges|_hash|_refresh|_mget|near_duplicates)");

  private final HttpServer server;
  private final HttpClient client;
  private final String address;
  private final AtomicInteger allowed = new AtomicInteger();

  /** The changes that were passed on, as [METHOD /path]. */
  final List<String> changes = new CopyOnWriteArrayList<>();

  RefusingProxy(String address, Path authority) throws IOException {
    this.address = address;
    this.client = HttpClient.newBuilder().sslContext(Authority.trust(authority)).build();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::pass);
    server.start();
  }

  /** From now on so many changes are passed on, and then nothing. */
  void allow(int more) {
    changes.clear();
    allowed.set(more);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      boolean change =
          method.equals("GET") == false
              && path.equals("/_pit") == false
              && READS.matcher(path).matches() == false;
      if (allowed.get() < 0 || (change && allowed.decrementAndGet() < 0)) {
        byte[] refused =
            "{\"error\":{\"reason\":\"interrupted\"}}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(403, refused.length);
        exchange.getResponseBody().write(refused);
        return;
      }
      if (change) {
        changes.add(method + " " + path);
      }
      HttpResponse<byte[]> answer = send(exchange, method, body);
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private HttpResponse<byte[]> send(HttpExchange exchange, String method, byte[] body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + exchange.getRequestURI()))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : List.of("Authorization", "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
