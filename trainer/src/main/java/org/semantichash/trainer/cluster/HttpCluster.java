// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** A cluster over HTTP. */
public final class HttpCluster implements Rest, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Storing a large model takes a while: it is checked, written and replicated. */
  private static final Duration ANSWER = Duration.ofMinutes(10);

  private static final String JSON_TYPE = "application/json";

  /** Numbers of documents stay exactly what they are. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private final URI url;
  private final Credentials credentials;
  private final ConnectionFailure failure;
  private final HttpClient client;

  /**
   * A cluster at an address.
   *
   * @param url http or https, with a port, and a path when a proxy needs one
   * @param credentials of the user
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
    this.failure = new ConnectionFailure(url, trust.isPresent());
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    return send(
        method,
        path,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(Json.line(body)),
        JSON_TYPE);
  }

  @Override
  public JsonNode bulk(String path, String lines) {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(lines), "application/x-ndjson");
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    return send(
        "PUT",
        path,
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
      throw new ClusterException(failure.message(e), e);
    }
  }

  private String address() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The reason in the answer of Elasticsearch, or the beginning of the answer of a proxy. */
  private String refusal(int status, byte[] body) {
    String reason = "";
    try {
      JsonNode error = JSON.readTree(body).path("error");
      reason = error.isTextual() ? error.asText() : error.path("reason").asText();
      if (reason.startsWith("no handler found for uri") && reason.contains("_semantic_hash")) {
        return "the cluster has no plugin [semantic-hash], which must be installed on every node: "
            + reason;
      }
    } catch (IOException e) {
      reason = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
    }
    return "the cluster answered with status [" + status + "]: " + reason + advice(status, reason);
  }

  private String advice(int status, String reason) {
    return switch (status) {
      case 401 ->
          credentials.header().isEmpty()
              ? "; authenticate with --user or --api-key"
              : "; check --user or --api-key";
      case 403 -> "; --help of a command names the privileges that it needs";
      case 404 -> reason.startsWith("no such index") ? "; check --index" : "";
      default -> "";
    };
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * Why a cluster gave no answer, and what to do about it.
   *
   * @param url the address
   * @param ownAuthority whether a private certificate authority is trusted
   */
  record ConnectionFailure(URI url, boolean ownAuthority) {

    /** The whole message. */
    String message(IOException e) {
      String advice = advice(e);
      String reason = e.getMessage() == null ? rootCause(e).toString() : e.getMessage();
      return "no answer from [" + url + "]: " + (advice.isEmpty() ? reason : advice);
    }

    private String advice(IOException e) {
      if (isCausedBy(e, UnresolvedAddressException.class)
          || isCausedBy(e, UnknownHostException.class)) {
        return "host [" + url.getHost() + "] is not known; check the name in --url";
      }
      if (e instanceof HttpTimeoutException) {
        return "it takes too long; is a firewall or a wrong port in between?";
      }
      if (isCausedBy(e, ConnectException.class)) {
        return "no process listens there; is the node running, and is this its HTTP port?";
      }
      if (isCausedBy(e, CertPathBuilderException.class)
          || isCausedBy(e, CertPathValidatorException.class)) {
        return ownAuthority
            ? "its certificate is not of the authority that --ca names"
            : "its certificate is not trusted; --ca names its authority's certificate, on a node"
                + " config/certs/http_ca.crt";
      }
      if (isCausedBy(e, CertificateException.class)) {
        return "its certificate does not fit: " + rootCause(e).getMessage();
      }
      if (e instanceof SSLException && String.valueOf(e.getMessage()).contains("SSL message")) {
        return "it speaks no TLS; use http:// instead of https://";
      }
      return "http".equals(url.getScheme())
              && String.valueOf(e.getMessage()).matches(".*(header parser|status line).*")
          ? "it gives no HTTP answer; if it speaks TLS, use https:// and --ca"
          : "";
    }

    private static boolean isCausedBy(Throwable e, Class<? extends Throwable> type) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (type.isInstance(cause)) {
          return true;
        }
      }
      return false;
    }

    private static Throwable rootCause(Throwable e) {
      return e.getCause() == null ? e : rootCause(e.getCause());
    }
  }

  /** A private certificate authority, such as Elasticsearch creates at its first start. */
  public static final class Authority {

    private Authority() {}

    /**
     * Trusts servers with certificates of this authority, and no others.
     *
     * @param pem a file with one or more certificates, for example Elasticsearch's http_ca.crt
     * @throws IllegalArgumentException naming the file, when it holds none
     */
    public static SSLContext trust(Path pem) {
      try (InputStream in = Files.newInputStream(pem)) {
        Collection<? extends Certificate> certificates =
            CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (certificates.isEmpty()) {
          throw new IllegalArgumentException("file [" + pem + "] holds no certificate");
        }
        return trust(certificates);
      } catch (NoSuchFileException e) {
        throw new IllegalArgumentException(
            "[ca] must name a file, but there is no [" + pem + "]", e);
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalArgumentException(
            "file [" + pem + "] cannot be read as certificates: " + e.getMessage(), e);
      }
    }

    private static SSLContext trust(Collection<? extends Certificate> certificates)
        throws IOException, GeneralSecurityException {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }
}
