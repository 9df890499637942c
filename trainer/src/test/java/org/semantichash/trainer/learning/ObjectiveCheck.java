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
