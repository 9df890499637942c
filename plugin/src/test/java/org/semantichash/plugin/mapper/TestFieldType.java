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
package org.semantichash.plugin.mapper;

import java.util.Map;

/** Fields as a mapping would have them, for tests without one. */
public final class TestFieldType {

  private TestFieldType() {}

  /** A field of codes of no model, without chunks. */
  public static HashCodeFieldType of(String name, int bits) {
    return new HashCodeFieldType(
        name, new CodeSyntax(name, bits, null), null, null, false, null, Map.of());
  }
}
