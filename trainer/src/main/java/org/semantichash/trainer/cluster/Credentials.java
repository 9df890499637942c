// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who asks, as the value of the header Authorization.
 *
 * @param header the value; empty for anonymous requests
 */
public record Credentials(Optional<String> header) {

  /** Anonymous, for a cluster without security. */
  public static final Credentials NONE = new Credentials(Optional.empty());

  /** An API key as Elasticsearch gives it out, in its encoded form. */
  public static Credentials apiKey(String encoded) {
    return new Credentials(Optional.of("ApiKey " + encoded));
  }

  /**
   * A user with a password.
   *
   * @param user the name, a colon and the password
   * @throws IllegalArgumentException without a colon; the message does not show what was given
   */
  public static Credentials user(String user) {
    if (user.indexOf(':') < 1) {
      throw new IllegalArgumentException("[user] must be NAME:PASSWORD");
    }
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return new Credentials(Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes)));
  }

  /** Never shows them. */
  @Override
  public String toString() {
    return header.isPresent() ? "credentials" : "no credentials";
  }
}
