// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.http.ConnectionClosedException;
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

  /**
   * A node that hangs up in the middle of a request: a read goes on at another, a write does not.
   */
  @Test
  void aReadGoesOnAtAnotherNodeAndAWriteDoesNot() throws Exception {
    for (String method : List.of("GET", "POST")) {
      int other = freePort();
      try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Http http = Http.connect(List.of(node.getLocalPort(), other))) {
        Thread answers = Thread.ofVirtual().start(() -> answerAndHangUp(node, 2));
        for (int request = 0; request < 2; request++) { // one of them is refused by the other first
          assertEquals("first", http.get("/").body().path("node").asText());
        }
        HttpServer started = server(other, "other");
        try {
          if (method.equals("GET")) {
            assertEquals("other", http.get("/").body().path("node").asText());
          } else {
            assertThrows(ConnectionClosedException.class, () -> http.post("/"));
          }
        } finally {
          started.stop(0);
          answers.join();
        }
      }
    }
  }

  /** Answers so many requests of one connection, reads one more and closes everything. */
  private static void answerAndHangUp(ServerSocket node, int answers) {
    String body = "{\"node\":\"first\"}";
    try (node;
        Socket connection = node.accept();
        BufferedReader requests =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int request = 0; request <= answers; request++) {
        String line = requests.readLine();
        while (line != null && line.isEmpty() == false) {
          line = requests.readLine();
        }
        if (request < answers) {
          connection
              .getOutputStream()
              .write(
                  ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                          + body.length()
                          + "\r\n\r\n"
                          + body)
                      .getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
