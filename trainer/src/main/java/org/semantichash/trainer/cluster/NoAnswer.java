// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/**
 * Why a cluster gave no answer, and what to do about it.
 *
 * @param url the address
 * @param ownAuthority whether certificates of an authority of one's own are trusted
 */
record NoAnswer(URI url, boolean ownAuthority) {

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
      return "nobody listens there; is the node running, and is this its HTTP port?";
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
