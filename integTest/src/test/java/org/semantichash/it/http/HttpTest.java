// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cli.SuppressForbidden;

@SuppressForbidden("the small server that every JDK has")
class HttpTest {

  /** A node that was refused while it started is asked again when the others have stopped. */
  @Test
  void aNodeThatWasStartingIsAskedWhenTheOthersStop() throws IOException {
    HttpServer second = server(0, "second");
    int later = freePort();
    int port = second.getAddress().getPort();
    try (Http http = Http.connect(List.of(later, port))) {
      for (int request = 0; request < 4; request++) { // both are tried, and one is refused
        assertEquals("second", http.get("/").body().path("node").asText());
      }
      second.stop(0);
      HttpServer first = server(later, "first");
      try {
        assertEquals("first", http.get("/").body().path("node").asText());
      } finally {
        first.stop(0);
      }
      assertThrows(ConnectException.class, () -> http.get("/"));
    }
  }

  private static int freePort() throws IOException {
    HttpServer server = server(0, "none");
    server.stop(0);
    return server.getAddress().getPort();
  }

  private static HttpServer server(int port, String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    byte[] body = ("{\"node\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
