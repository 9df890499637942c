// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of one's own, as Elasticsearch makes one when it is set up. */
public final class Authority {

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
