// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A cluster over HTTP. */
public final class HttpCluster implements Cluster, Rest {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Storing a large model takes a while: it is checked, written and replicated. */
  private static final Duration ANSWER = Duration.ofMinutes(10);

  private static final String MODELS = "_semantic_hash/";
  private static final String JSON_TYPE = "application/json";

  /** Numbers of documents stay exactly what they are. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private final URI url;
  private final Credentials credentials;
  private final NoAnswer noAnswer;
  private final HttpClient client;

  /**
   * A cluster at an address.
   *
   * @param url http or https, with a port, and a path when a proxy needs one
   * @param credentials who asks
   * @param trust whose certificates are trusted; empty for those that Java trusts
   * @throws IllegalArgumentException when the address is none
   */
  public HttpCluster(URI url, Credentials credentials, Optional<SSLContext> trust) {
    String scheme = url.getScheme();
    if (url.getHost() == null || ("http".equals(scheme) || "https".equals(scheme)) == false) {
      throw new IllegalArgumentException(
          "[url] must be like https://localhost:9200, got [" + url + "]");
    }
    this.url = url;
    this.credentials = credentials;
    this.noAnswer = new NoAnswer(url, trust.isPresent());
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public JsonNode send(String method, String path) {
    return send(method, MODELS + path, HttpRequest.BodyPublishers.noBody(), JSON_TYPE);
  }

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    return send(
        method,
        path,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(bytes(body)),
        JSON_TYPE);
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("[body] must be JSON", e);
    }
  }

  @Override
  public JsonNode bulk(String path, String lines) {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(lines), "application/x-ndjson");
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    return send(
        "PUT",
        MODELS + path,
        HttpRequest.BodyPublishers.ofByteArray(bytes, from, to - from),
        "application/octet-stream");
  }

  private JsonNode send(
      String method, String path, HttpRequest.BodyPublisher body, String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + "/" + path))
            .timeout(ANSWER)
            .header("Content-Type", contentType)
            .method(method, body);
    credentials.header().ifPresent(value -> request.header("Authorization", value));
    try {
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new ClusterException(
            response.statusCode(), refusal(response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while waiting for [" + url + "]", e);
    } catch (IOException e) {
      throw new ClusterException(noAnswer.message(e), e);
    }
  }

  private String address() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The reason that Elasticsearch gives, or the beginning of what somebody else says. */
  private String refusal(int status, byte[] body) {
    String reason = "";
    try {
      reason = JSON.readTree(body).path("error").path("reason").asText();
    } catch (IOException e) {
      reason = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
    }
    return "the cluster answered with status [" + status + "]: " + reason + advice(status);
  }

  private String advice(int status) {
    return switch (status) {
      case 401 ->
          credentials.header().isEmpty()
              ? "; say who asks by --user or --api-key"
              : "; check --user or --api-key";
      case 403 -> "; --help of a command names the privileges that it needs";
      default -> "";
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
