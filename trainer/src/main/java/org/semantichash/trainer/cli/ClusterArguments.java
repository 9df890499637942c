// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.semantichash.trainer.cluster.Credentials;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.HttpCluster.Authority;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The address of the cluster and the credentials. */
final class ClusterArguments {

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:9200",
      description = "The URL of the cluster. Default: ${DEFAULT-VALUE}")
  private URI url;

  @ArgGroup private Identity identity;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "The certificate of the authority that signed the cluster's certificate, such"
              + " as http_ca.crt.")
  private Path authority;

  /** One of them, or none. */
  private static final class Identity {

    @Option(
        names = "--api-key",
        paramLabel = "KEY",
        description = "An encoded API key. @FILE reads the option and the key from a file.")
    private String apiKey;

    @Option(
        names = "--user",
        paramLabel = "NAME:PASSWORD",
        description = "The user name. @FILE reads the option and the name from a file.")
    private String user;

    private Credentials credentials() {
      return apiKey == null ? Credentials.user(user) : Credentials.apiKey(apiKey);
    }
  }

  HttpCluster connect() {
    return new HttpCluster(
        url,
        identity == null ? Credentials.NONE : identity.credentials(),
        Optional.ofNullable(authority).map(Authority::trust));
  }
}
