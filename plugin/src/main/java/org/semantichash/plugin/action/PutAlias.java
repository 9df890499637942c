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
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;

/** Gives a model another name, or switches that name to another model. */
public final class PutAlias extends ChangeAction<PutAlias.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/alias/put");

  /**
   * What is put.
   *
   * @param alias the alias
   * @param model the model it stands for from now on
   */
  public record Parameters(ModelId alias, ModelId model) {}

  /** Made by the node. */
  @Inject
  public PutAlias(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters put, ActionListener<Answer> listener) {
    storage()
        .aliases()
        .put(
            put.alias(),
            put.model(),
            listener.delegateFailureAndWrap((l, outcome) -> changes().switched(outcome, l)));
  }
}
