// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.GET;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.time.DateFormatter;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.semantichash.plugin.api.ModelActions.ModelAction;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAliases.ModelAlias;
import org.semantichash.plugin.store.StoredFile;
import org.semantichash.plugin.store.StoredModel;

/** Shows the models that are stored in the cluster and those that come with the plugin. */
public final class GetModels extends ModelAction<GetModels.Parameters> {

  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/get");

  private static final DateFormatter DATE = DateFormatter.forPattern("strict_date_time");

  /**
   * What the request names.
   *
   * @param names the models' names or aliases
   * @param allowNoMatch whether patterns may match nothing
   * @param oldCodes whether the fields with codes of other files are shown
   * @param digest the file that then counts as the model's own, before it replaces that; null for
   *     the one there is
   */
  public record Parameters(
      NamePatterns names, boolean allowNoMatch, boolean oldCodes, String digest) {}

  /** A model with its aliases, by name. */
  private record AliasedModel(StoredModel model, List<ModelId> aliases) {

    static AliasedModel of(StoredModel model, List<ModelAlias> all) {
      return new AliasedModel(
          model,
          all.stream()
              .filter(alias -> alias.target().equals(model.id()))
              .map(ModelAlias::name)
              .toList());
    }

    /** All names of the model, its own first. */
    List<ModelId> names() {
      return Stream.concat(Stream.of(model.id()), aliases.stream()).toList();
    }
  }

  @Inject
  public GetModels(ModelAction.ModelServices services) {
    super(TYPE, services);
  }

  static RestHandler endpoint() {
    return RestEndpoint.object(
        "get_models",
        reader(
            TYPE,
            request -> {
              boolean oldCodes = request.paramAsBoolean("old_codes", false);
              return new Parameters(
                  NamePatterns.parse(request.param("id")),
                  request.paramAsBoolean("allow_no_match", true),
                  oldCodes,
                  oldCodes ? digest(request) : null); // without, it is a parameter too many
            }),
        new Route(GET, "/_semantic_hash/models"),
        new Route(GET, "/_semantic_hash/models/{id}"));
  }

  private static String digest(RestRequest request) {
    String digest = request.param("digest");
    return digest == null ? null : StoredFile.requireDigest("digest", digest);
  }

  @Override
  protected void respond(Parameters get, ActionListener<JsonResponse> listener) {
    SubscribableListener.<List<ModelAlias>>newForked(l -> store.aliases().list(l))
        .<List<AliasedModel>>andThen(
            (l, aliases) -> store.list(l.map(models -> find(get, models, aliases))))
        .<List<Map<String, Object>>>andThen((l, found) -> show(found, get, l))
        .andThenApply(GetModels::response)
        .addListener(listener);
  }

  private static List<AliasedModel> find(
      Parameters get, List<StoredModel> models, List<ModelAlias> aliases) {
    List<AliasedModel> found =
        models.stream()
            .map(model -> AliasedModel.of(model, aliases))
            .filter(m -> m.names().stream().anyMatch(name -> get.names().matches(name.value())))
            .toList();
    List<String> names =
        found.stream().flatMap(m -> m.names().stream()).map(ModelId::value).toList();
    get.names().requireFound("model", names, get.allowNoMatch());
    return found;
  }

  private void show(
      List<AliasedModel> found, Parameters get, ActionListener<List<Map<String, Object>>> l) {
    List<Map<String, Object>> shown = new ArrayList<>();
    SubscribableListener<Void> done = SubscribableListener.nullSuccess();
    for (AliasedModel aliased : found) {
      Map<String, Object> fields = fields(aliased.model());
      fields.put("aliases", aliased.aliases().stream().map(ModelId::value).toList());
      shown.add(fields);
      if (get.oldCodes()) {
        String digest = get.digest() == null ? aliased.model().file().digest() : get.digest();
        done = done.andThen(next -> putOldCodes(aliased, digest, fields, next));
      }
    }
    done.addListener(l.map(v -> shown));
  }

  private void putOldCodes(
      AliasedModel aliased,
      String digest,
      Map<String, Object> fields,
      ActionListener<Void> listener) {
    oldCodes.of(
        aliased.names(),
        digest,
        listener.map(
            codes -> {
              fields.put("old_codes", codes);
              return null;
            }));
  }

  private static JsonResponse response(List<Map<String, Object>> models) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", models.size());
    fields.put("models", models);
    return new JsonResponse(fields);
  }

  /** A stored model as responses show it. */
  static Map<String, Object> fields(StoredModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model.id().value());
    fields.put("digest", model.file().digest());
    fields.put("size", ByteSizeValue.ofBytes(model.file().length()).toString());
    fields.put("size_in_bytes", model.file().length());
    if (model.id().isBuiltIn()) {
      fields.put("built_in", true);
    } else {
      fields.put("parts", model.file().parts());
      fields.put("created", date(model.created()));
    }
    fields.putAll(model.description());
    return fields;
  }

  /** A time, given in milliseconds since 1970. */
  static String date(long millis) {
    return DATE.formatMillis(millis);
  }
}
