// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.POST;
import static org.elasticsearch.rest.RestRequest.Method.PUT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.semantichash.plugin.api.ModelActions.ModelAction;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelUploads;
import org.semantichash.plugin.store.StoredFile;

/** Models that are sent part by part: put a part, complete, get and delete unfinished uploads. */
public final class UploadApi {

  private static final String MODEL = "/_semantic_hash/models/{id}";
  private static final String DEFINITION = MODEL + "/definition";
  private static final String UPLOADS = "/_semantic_hash/uploads";
  private static final String UPLOAD = UPLOADS + "/{id}";

  private UploadApi() {}

  /** Stores one part of a model's file. */
  public static final class PutPart extends ModelAction<PutPart.Parameters> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/model/put_part");

    /**
     * What the request names.
     *
     * @param id the name of the model
     * @param whole the file that the part is of
     * @param part the number of the part, from 0
     * @param data the bytes of the part
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Parameters(ModelId id, ModelUploads.UploadFile whole, int part, byte[] data) {}

    @Inject
    public PutPart(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.bytes(
          "put_part",
          reader(
              TYPE,
              request ->
                  new PutPart.Parameters(
                      ModelId.ofUser(request.param("id")),
                      whole(request),
                      RestEndpoint.requiredInt(request, "part"),
                      BytesReference.toBytes(request.content()))),
          new Route(PUT, DEFINITION + "/{part}"));
    }

    private static ModelUploads.UploadFile whole(RestRequest request) {
      return new ModelUploads.UploadFile(
          RestEndpoint.required(request, "sha256"),
          RestEndpoint.requiredLong(request, "total_length"),
          RestEndpoint.requiredInt(request, "total_parts"));
    }

    @Override
    protected void respond(PutPart.Parameters put, ActionListener<JsonResponse> listener) {
      store
          .uploads()
          .putPart(
              put.id(),
              put.whole(),
              put.part(),
              put.data(),
              listener.map(stored -> JsonResponse.acknowledged()));
    }
  }

  /** Makes a file that was sent part by part a model. */
  public static final class CompleteModel extends ModelAction<CompleteModel.Parameters> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/model/complete");

    /**
     * What the request names.
     *
     * @param id the name of the model
     * @param sha256 the digest of the whole file
     * @param replace whether another model of this name is replaced
     */
    public record Parameters(ModelId id, String sha256, boolean replace) {}

    @Inject
    public CompleteModel(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "complete",
          reader(
              TYPE,
              request ->
                  new CompleteModel.Parameters(
                      ModelId.ofUser(request.param("id")),
                      RestEndpoint.required(request, "sha256"),
                      request.paramAsBoolean("replace", false))),
          new Route(POST, MODEL + "/_complete"));
    }

    @Override
    protected void respond(
        CompleteModel.Parameters complete, ActionListener<JsonResponse> listener) {
      store
          .uploads()
          .complete(
              complete.id(),
              complete.sha256(),
              complete.replace(),
              listener.delegateFailureAndWrap((l, stored) -> changes.stored(stored, l)));
    }
  }

  /** Shows which uploads are unfinished, and which of their parts are there. */
  public static final class GetUploads extends ModelAction<NamePatterns> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:monitor/semantic_hash/model/uploads");

    @Inject
    public GetUploads(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "uploads",
          reader(TYPE, request -> NamePatterns.parse(request.param("id"))),
          new Route(GET, UPLOADS),
          new Route(GET, UPLOAD),
          new Route(GET, DEFINITION));
    }

    @Override
    protected void respond(NamePatterns models, ActionListener<JsonResponse> listener) {
      store.uploads().list(models::matches, listener.map(GetUploads::response));
    }

    private static JsonResponse response(List<ModelUploads.Progress> uploads) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("count", uploads.size());
      fields.put("uploads", uploads.stream().map(GetUploads::fields).toList());
      return new JsonResponse(fields);
    }

    private static Map<String, Object> fields(ModelUploads.Progress progress) {
      StoredFile file = progress.upload().file();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", progress.upload().model().value());
      fields.put("sha256", file.digest());
      fields.put("total_length", file.length());
      fields.put("total_parts", file.parts());
      fields.put("parts", progress.parts());
      fields.put("created", GetModels.date(progress.upload().created()));
      return fields;
    }
  }

  /** Deletes unfinished uploads, and no model. */
  public static final class DeleteUploads extends ModelAction<NamePatterns> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/model/delete_uploads");

    @Inject
    public DeleteUploads(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "delete_uploads",
          reader(TYPE, request -> NamePatterns.parse(request.param("id"))),
          new Route(DELETE, UPLOAD));
    }

    @Override
    protected void respond(NamePatterns models, ActionListener<JsonResponse> listener) {
      store
          .uploads()
          .deleteAll(
              models::matches,
              found -> models.requireFound("uploads of models", found, true),
              listener.map(DeleteUploads::response));
    }

    private static JsonResponse response(int deleted) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("acknowledged", true);
      fields.put("deleted", deleted);
      return new JsonResponse(fields);
    }
  }
}
