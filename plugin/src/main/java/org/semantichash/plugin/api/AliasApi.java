// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static java.util.stream.Collectors.toMap;
import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.PUT;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.plugin.api.ModelActions.ModelAction;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAliases.ModelAlias;
import org.semantichash.plugin.store.StoredModel;

/** Aliases of models: put, get, delete. */
public final class AliasApi {

  private static final String ALIASES = "/_semantic_hash/aliases";
  private static final String ALIAS = ALIASES + "/{alias}";

  private AliasApi() {}

  /**
   * An alias as responses show it.
   *
   * @param model the model it stands for, null when that was deleted
   */
  static Map<String, Object> fields(ModelAlias alias, StoredModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("alias", alias.name().value());
    fields.put("model", alias.target().value());
    if (model != null) {
      fields.put("digest", model.file().digest());
    }
    fields.put("created", GetModels.date(alias.created()));
    return fields;
  }

  /** Gives a model another name, or switches that name to another model. */
  public static final class PutAlias extends ModelAction<PutAlias.Parameters> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/alias/put");

    private static final ConstructingObjectParser<ModelId, Void> BODY =
        new ConstructingObjectParser<>("alias", values -> new ModelId((String) values[0]));

    static {
      BODY.declareString(ConstructingObjectParser.constructorArg(), new ParseField("model"));
    }

    /**
     * What the request names.
     *
     * @param alias the alias
     * @param model the model it stands for from now on
     */
    public record Parameters(ModelId alias, ModelId model) {}

    @Inject
    public PutAlias(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "put_alias",
          reader(
              TYPE,
              request -> {
                try (var parser = request.contentParser()) {
                  return new PutAlias.Parameters(
                      ModelId.ofUser(request.param("alias")), parseBody(parser));
                }
              }),
          new Route(PUT, ALIAS));
    }

    /** The model in a body such as {@code {"model":"news-2"}}. */
    static ModelId parseBody(XContentParser parser) throws IOException {
      return BODY.parse(parser, null);
    }

    @Override
    protected void respond(PutAlias.Parameters put, ActionListener<JsonResponse> listener) {
      store
          .aliases()
          .put(
              put.alias(),
              put.model(),
              listener.delegateFailureAndWrap((l, outcome) -> changes.switched(outcome, l)));
    }
  }

  /** Shows the aliases, and which models they stand for. */
  public static final class GetAliases extends ModelAction<GetAliases.Parameters> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:monitor/semantic_hash/alias/get");

    /**
     * What the request names.
     *
     * @param names the names of the aliases
     * @param allowNoMatch whether patterns may match nothing
     */
    public record Parameters(NamePatterns names, boolean allowNoMatch) {}

    @Inject
    public GetAliases(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "get_aliases",
          reader(
              TYPE,
              request ->
                  new GetAliases.Parameters(
                      NamePatterns.parse(request.param("alias")),
                      request.paramAsBoolean("allow_no_match", true))),
          new Route(GET, ALIASES),
          new Route(GET, ALIAS));
    }

    @Override
    protected void respond(GetAliases.Parameters get, ActionListener<JsonResponse> listener) {
      SubscribableListener.<List<ModelAlias>>newForked(l -> store.aliases().list(l))
          .<JsonResponse>andThen(
              (l, all) -> store.list(l.map(models -> response(get, all, models))))
          .addListener(listener);
    }

    private static JsonResponse response(
        GetAliases.Parameters get, List<ModelAlias> all, List<StoredModel> models) {
      List<ModelAlias> found =
          all.stream().filter(alias -> get.names().matches(alias.name().value())).toList();
      List<String> names = found.stream().map(alias -> alias.name().value()).toList();
      get.names().requireFound("alias", names, get.allowNoMatch());
      Map<ModelId, StoredModel> byId = models.stream().collect(toMap(StoredModel::id, m -> m));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("count", found.size());
      fields.put(
          "aliases",
          found.stream().map(alias -> AliasApi.fields(alias, byId.get(alias.target()))).toList());
      return new JsonResponse(fields);
    }
  }

  /** Deletes an alias, and not its model. */
  public static final class DeleteAlias extends ModelAction<DeleteAlias.Parameters> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/alias/delete");

    /**
     * What the request names.
     *
     * @param alias the alias
     * @param force whether an alias is deleted that a pipeline or a mapping names
     */
    public record Parameters(ModelId alias, boolean force) {}

    @Inject
    public DeleteAlias(ModelAction.ModelServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "delete_alias",
          reader(
              TYPE,
              request ->
                  new DeleteAlias.Parameters(
                      ModelId.ofUser(request.param("alias")),
                      request.paramAsBoolean("force", false))),
          new Route(DELETE, ALIAS));
    }

    @Override
    protected void respond(DeleteAlias.Parameters delete, ActionListener<JsonResponse> listener) {
      if (delete.force() == false) {
        users.requireNone("alias", delete.alias());
      }
      store
          .aliases()
          .delete(
              delete.alias(),
              listener.delegateFailureAndWrap((l, deleted) -> changes.deleted(delete.alias(), l)));
    }
  }
}
