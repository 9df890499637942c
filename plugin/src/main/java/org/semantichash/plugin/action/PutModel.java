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

/** Stores a model whose whole file is in the request. */
public final class PutModel extends ChangeAction<PutModel.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/put");

  /**
   * What is put.
   *
   * @param id its name
   * @param file its file
   * @param sha256 the digest that the file must have, null for any
   * @param replace whether another model of this name is replaced
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Parameters(ModelId id, byte[] file, String sha256, boolean replace) {}

  /** Made by the node. */
  @Inject
  public PutModel(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters put, ActionListener<Answer> listener) {
    storage()
        .put(
            put.id(),
            put.file(),
            put.sha256(),
            put.replace(),
            listener.delegateFailureAndWrap((l, stored) -> changes().stored(stored, l)));
  }
}
