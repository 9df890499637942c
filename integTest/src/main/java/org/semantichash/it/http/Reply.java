// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param body the body, a missing node when it is empty and a text node when it is no JSON
 * @param warnings the warning headers
 */
public record Reply(int status, JsonNode body, List<String> warnings) {

  /**
   * This answer, which must be a good one.
   *
   * @throws IllegalStateException with the body when it is not
   */
  public Reply ok() {
    if (status >= 300) {
      throw new IllegalStateException("status [" + status + "]: " + body);
    }
    return this;
  }

  /** The reason of the first failure, wherever it stands in the body. */
  public String reason() {
    JsonNode error = body.path("error");
    JsonNode root = error.path("root_cause").path(0).path("reason");
    return (root.isTextual() ? root : error.path("reason")).asText();
  }
}
