// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.PUT;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.semantichash.plugin.api.ModelActions.ModelAction;
import org.semantichash.plugin.models.ModelId;

/** Stores a model whose whole file is in the request. */
public final class PutModel extends ModelAction<PutModel.Parameters> {

  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/put");

  /**
   * What the request names.
   *
   * @param id the name of the model
   * @param file the bytes of its file
   * @param sha256 the digest that the file must have, null for any
   * @param replace whether another model of this name is replaced
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Parameters(ModelId id, byte[] file, String sha256, boolean replace) {}

  @Inject
  public PutModel(ModelAction.ModelServices services) {
    super(TYPE, services);
  }

  static RestHandler endpoint() {
    return RestEndpoint.bytes(
        "put_model",
        reader(
            TYPE,
            request ->
                new Parameters(
                    ModelId.ofUser(request.param("id")),
                    BytesReference.toBytes(request.content()),
                    request.param("sha256"),
                    request.paramAsBoolean("replace", false))),
        new Route(PUT, "/_semantic_hash/models/{id}"));
  }

  @Override
  protected void respond(Parameters put, ActionListener<JsonResponse> listener) {
    store.put(
        put.id(),
        put.file(),
        put.sha256(),
        put.replace(),
        listener.delegateFailureAndWrap((l, stored) -> changes.stored(stored, l)));
  }
}
