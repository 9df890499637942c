// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

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
