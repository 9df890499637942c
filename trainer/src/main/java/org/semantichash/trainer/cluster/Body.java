/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
