// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.http.ConnectionClosedException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.entity.ContentType;
import org.apache.http.message.BasicHeader;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** A cluster over HTTP; a failure of the server is an answer, not an exception. */
public final class Http implements AutoCloseable {

  /** Reads and writes JSON. */
  public static final ObjectMapper JSON = new ObjectMapper();

  /** The end of a path to a document with its codes, which Elasticsearch 8 never leaves out. */
  public static final String WITH_CODES =
      System.getProperty("elasticsearch.version", "").startsWith("8.")
          ? ""
          : "?_source_exclude_vectors=false";

  /** The client prints every warning header; here they are in the reply. */
  private static final Logger CLIENT_LOG = Logger.getLogger("org.elasticsearch.client.RestClient");

  static {
    CLIENT_LOG.setLevel(Level.SEVERE);
  }

  private static final int TIMEOUT_MS = 300_000;
  private static final int CONNECTIONS = 64; // more than any test has clients
  private static final ContentType BULK = ContentType.create("application/x-ndjson");

  private final RestClient client;

  private Http(RestClient client) {
    this.client = client;
  }

  /** Connects to nodes on the loopback address. */
  public static Http connect(List<Integer> ports) {
    HttpHost[] hosts =
        ports.stream().map(port -> new HttpHost("127.0.0.1", port)).toArray(HttpHost[]::new);
    return new Http(
        RestClient.builder(hosts)
            .setRequestConfigCallback(config -> config.setSocketTimeout(TIMEOUT_MS))
            .setHttpClientConfigCallback(
                client -> client.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS))
            .build());
  }

  /** Connects with TLS, and with this value of the header Authorization. */
  public static Http connect(List<Integer> ports, SSLContext trust, String authorization) {
    HttpHost[] hosts =
        ports.stream()
            .map(port -> new HttpHost("127.0.0.1", port, "https"))
            .toArray(HttpHost[]::new);
    return new Http(
        RestClient.builder(hosts)
            .setHttpClientConfigCallback(client -> client.setSSLContext(trust))
            .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", authorization)})
            .setRequestConfigCallback(config -> config.setSocketTimeout(TIMEOUT_MS))
            .build());
  }

  /** GET without a body. */
  public Reply get(String path) throws IOException {
    return send("GET", path, null, null);
  }

  /** DELETE without a body. */
  public Reply delete(String path) throws IOException {
    return send("DELETE", path, null, null);
  }

  /** DELETE with a body. */
  public Reply delete(String path, Object body) throws IOException {
    return send("DELETE", path, bytes(body), ContentType.APPLICATION_JSON);
  }

  /** POST without a body. */
  public Reply post(String path) throws IOException {
    return send("POST", path, null, null);
  }

  /** POST with a body: JSON, or text that is sent as it is. */
  public Reply post(String path, Object body) throws IOException {
    return send("POST", path, bytes(body), ContentType.APPLICATION_JSON);
  }

  /** PUT with a body: JSON, or text that is sent as it is. */
  public Reply put(String path, Object body) throws IOException {
    return send("PUT", path, bytes(body), ContentType.APPLICATION_JSON);
  }

  /** PUT with bytes as the body. */
  public Reply putBytes(String path, byte[] body) throws IOException {
    return send("PUT", path, body, ContentType.APPLICATION_OCTET_STREAM);
  }

  /** A bulk request. */
  public Reply bulk(String path, byte[] lines) throws IOException {
    return send("POST", path, lines, BULK);
  }

  private static byte[] bytes(Object body) throws JsonProcessingException {
    JsonNode json = body instanceof String text ? JSON.readTree(text) : JSON.valueToTree(body);
    return JSON.writeValueAsBytes(json);
  }

  private Reply send(String method, String path, byte[] body, ContentType type) throws IOException {
    Request request = new Request(method, path);
    // Warnings are part of what is tested.
    request.setOptions(request.getOptions().toBuilder().setWarningsHandler(warnings -> false));
    if (body != null) {
      request.setEntity(new NByteArrayEntity(body, type));
    }
    try {
      return reply(perform(request));
    } catch (ResponseException e) {
      return reply(e.getResponse());
    }
  }

  /**
   * Tries all nodes again: the client leaves a node alone for a minute or more that did not answer,
   * as one that was still starting, and if the others have stopped since then it gives up without
   * having asked it. A refused connection has sent nothing, so that any request can be tried again;
   * one that was kept from an earlier request and is found closed may have, so that only a read is.
   */
  private Response perform(Request request) throws IOException {
    try {
      return client.performRequest(request);
    } catch (ConnectException e) {
      return performAnywhere(request);
    } catch (ConnectionClosedException e) {
      if (request.getMethod().equals("GET") == false) {
        throw e;
      }
      return performAnywhere(request);
    }
  }

  private Response performAnywhere(Request request) throws IOException {
    client.setNodes(client.getNodes()); // forgets which did not answer
    return client.performRequest(request);
  }

  private static Reply reply(Response response) throws IOException {
    byte[] body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Reply(response.getStatusLine().getStatusCode(), json(body), response.getWarnings());
  }

  private static JsonNode json(byte[] body) throws IOException {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(new String(body, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
