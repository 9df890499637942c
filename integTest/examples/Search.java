// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** Writes a document into an index with codes, and searches by text and by document. */
class Search {

  private static final String INDEX = System.getenv("ES_INDEX");
  private static final String TEXT = "a small bird that sings in the morning";

  public static void main(String[] args) throws Exception {
    try (RestClient client = connect()) {
      // The pipeline of the index computes the code.
      ask(client, "PUT", "/" + INDEX + "/_doc/example?refresh", "{\"text\": \"" + TEXT + "\"}");
      System.out.println("by text: " + nearest(client, "\"text\": \"" + TEXT + "\""));
      String like = "\"like\": {\"_index\": \"" + INDEX + "\", \"_id\": \"example\"}";
      System.out.println("by document: " + nearest(client, like));
    }
  }

  /** The three nearest documents; the score is the share of equal bits. */
  private static String nearest(RestClient client, String clause) throws IOException {
    String query = "{\"hamming\": {\"field\": \"code\", " + clause + "}}";
    return ask(
        client,
        "POST",
        "/" + INDEX + "/_search?filter_path=hits.hits._id,hits.hits._score",
        "{\"size\": 3, \"query\": " + query + "}");
  }

  private static String ask(RestClient client, String method, String path, String body)
      throws IOException {
    Request request = new Request(method, path);
    request.setJsonEntity(body);
    return EntityUtils.toString(client.performRequest(request).getEntity());
  }

  private static RestClient connect() throws Exception {
    String login = System.getenv("ES_USER") + ":" + System.getenv("ES_PASSWORD");
    String basic =
        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    SSLContext trust = trust(Path.of(System.getenv("ES_CA")));
    return RestClient.builder(HttpHost.create(System.getenv("ES_URL")))
        .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + basic)})
        .setHttpClientConfigCallback(http -> http.setSSLContext(trust))
        .build();
  }

  private static SSLContext trust(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
