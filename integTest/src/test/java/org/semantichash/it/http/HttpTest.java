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

  /** A node that was refused again and again while it started is asked when the others stop. */
  @Test
  void aNodeThatWasStartingIsAskedWhenTheOthersStop() throws IOException {
    int[] ports = {freePort(), freePort()};
    try (Http http = Http.connect(List.of(ports[0], ports[1]))) {
      for (int request = 0; request < 9; request++) {
        assertThrows(ConnectException.class, () -> http.get("/"));
      }
      for (int turn = 0; turn < 6; turn++) {
        int node = turn % 2;
        HttpServer server = server(ports[node], "node " + node);
        try {
          for (int request = 0; request < 4; request++) {
            assertEquals("node " + node, http.get("/").body().path("node").asText());
          }
        } finally {
          server.stop(0);
        }
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
