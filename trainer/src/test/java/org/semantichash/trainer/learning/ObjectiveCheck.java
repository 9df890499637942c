// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

import java.util.List;

/** Checks an objective of another package against finite differences. */
public final class ObjectiveCheck {

  private ObjectiveCheck() {}

  /**
   * Compares the gradients of the parameters with these names.
   *
   * @param objective its other parameters stay as they are
   */
  public static void check(Objective objective, Batch batch, List<String> names) {
    List<Parameter> parameters =
        objective.parameters().stream().filter(p -> names.contains(p.name)).toList();
    if (parameters.size() != names.size()) {
      throw new AssertionError("not all of " + names + " exist");
    }
    FiniteDifferences.check(parameters, tape -> objective.loss(tape, batch));
  }
}
