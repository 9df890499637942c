// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Bodies of requests as JSON. */
public final class Body {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Body() {}

  /** An object with these fields. */
  public static ObjectNode of(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }

  /** An object without a field. */
  public static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }
}
