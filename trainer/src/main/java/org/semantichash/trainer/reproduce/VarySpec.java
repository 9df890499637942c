// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;

/**
 * An option that a table varies instead of the width.
 *
 * @param option its name
 * @param values the values, in the order of the columns
 */
public record VarySpec(String option, List<String> values) {

  /** Checks. */
  public VarySpec {
    SpecCheck.requirePresent("option", option);
    values = SpecCheck.requireFilled("values", values);
  }
}
