// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.rest;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.POST;
import static org.elasticsearch.rest.RestRequest.Method.PUT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions.NodesResponseRestListener;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.semantichash.plugin.action.Answer;
import org.semantichash.plugin.action.ClearCache;
import org.semantichash.plugin.action.CompleteModel;
import org.semantichash.plugin.action.DeleteModel;
import org.semantichash.plugin.action.DeleteUploads;
import org.semantichash.plugin.action.GetModels;
import org.semantichash.plugin.action.GetUploads;
import org.semantichash.plugin.action.HashTexts;
import org.semantichash.plugin.action.LocalRequest;
import org.semantichash.plugin.action.ModelNodesRequest;
import org.semantichash.plugin.action.ModelNodesStats;
import org.semantichash.plugin.action.NamePatterns;
import org.semantichash.plugin.action.NodesModels;
import org.semantichash.plugin.action.PutModel;
import org.semantichash.plugin.action.PutPart;
import org.semantichash.plugin.action.WarmModel;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelUploads;

/** All endpoints about models. */
public final class ModelEndpoints {

  private static final String MODELS = "/_semantic_hash/models";
  private static final String MODEL = MODELS + "/{id}";
  private static final String DEFINITION = MODEL + "/definition";
  private static final String UPLOADS = "/_semantic_hash/uploads";
  private static final String UPLOAD = UPLOADS + "/{id}";

  private ModelEndpoints() {}

  /** One handler an endpoint, those of aliases too. */
  public static List<RestHandler> all() {
    List<RestHandler> all = new ArrayList<>(models());
    all.addAll(AliasEndpoints.all());
    return all;
  }

  private static List<RestHandler> models() {
    return List.of(
        bytes("put_model", new Route(PUT, MODEL), ModelEndpoints::put),
        bytes("put_part", new Route(PUT, DEFINITION + "/{part}"), ModelEndpoints::putPart),
        object(
            "uploads",
            List.of(new Route(GET, UPLOADS), new Route(GET, UPLOAD), new Route(GET, DEFINITION)),
            ModelEndpoints::uploads),
        object("delete_uploads", List.of(new Route(DELETE, UPLOAD)), ModelEndpoints::deleteUploads),
        object(
            "complete", List.of(new Route(POST, MODEL + "/_complete")), ModelEndpoints::complete),
        object(
            "get_models",
            List.of(new Route(GET, MODELS), new Route(GET, MODEL)),
            ModelEndpoints::get),
        object("delete_model", List.of(new Route(DELETE, MODEL)), ModelEndpoints::delete),
        object("hash", List.of(new Route(POST, MODEL + "/_hash")), ModelEndpoints::hash),
        object("warm", List.of(new Route(POST, MODEL + "/_warm")), ModelEndpoints::warm),
        object(
            "stats",
            List.of(new Route(GET, "/_semantic_hash/stats"), new Route(GET, MODEL + "/_stats")),
            ModelEndpoints::stats),
        object(
            "clear_cache",
            List.of(new Route(POST, "/_semantic_hash/_clear_cache")),
            ModelEndpoints::clear));
  }

  private static RestHandler bytes(String name, Route route, Endpoint.Reader reader) {
    return new Endpoint("semantic_hash_" + name, List.of(route), Endpoint.Body.BYTES, reader);
  }

  static RestHandler object(String name, List<Route> routes, Endpoint.Reader reader) {
    return new Endpoint("semantic_hash_" + name, routes, Endpoint.Body.OBJECT, reader);
  }

  static <P> CheckedConsumer<RestChannel, Exception> local(
      NodeClient client, ActionType<Answer> type, P parameters) {
    LocalRequest<P> request = new LocalRequest<>(parameters);
    return channel -> client.execute(type, request, new RestToXContentListener<>(channel));
  }

  private static CheckedConsumer<RestChannel, Exception> nodes(
      NodeClient client, ActionType<NodesModels> type, ModelNodesRequest request) {
    return channel -> client.execute(type, request, new NodesResponseRestListener<>(channel));
  }

  private static ModelId id(RestRequest request) {
    return new ModelId(request.param("id"));
  }

  private static CheckedConsumer<RestChannel, Exception> put(
      RestRequest request, NodeClient client) {
    byte[] file = BytesReference.toBytes(request.content());
    boolean replace = request.paramAsBoolean("replace", false);
    String sha256 = request.param("sha256");
    return local(
        client, PutModel.TYPE, new PutModel.Parameters(id(request), file, sha256, replace));
  }

  private static CheckedConsumer<RestChannel, Exception> putPart(
      RestRequest request, NodeClient client) {
    var whole =
        new ModelUploads.Whole(
            required(request, "sha256"),
            number(request, "total_length"),
            integer(request, "total_parts"));
    int part = integer(request, "part");
    byte[] data = BytesReference.toBytes(request.content());
    return local(client, PutPart.TYPE, new PutPart.Parameters(id(request), whole, part, data));
  }

  private static CheckedConsumer<RestChannel, Exception> uploads(
      RestRequest request, NodeClient client) {
    return local(client, GetUploads.TYPE, NamePatterns.parse(request.param("id")));
  }

  private static CheckedConsumer<RestChannel, Exception> deleteUploads(
      RestRequest request, NodeClient client) {
    return local(client, DeleteUploads.TYPE, NamePatterns.parse(request.param("id")));
  }

  private static CheckedConsumer<RestChannel, Exception> complete(
      RestRequest request, NodeClient client) {
    String sha256 = required(request, "sha256");
    boolean replace = request.paramAsBoolean("replace", false);
    return local(
        client, CompleteModel.TYPE, new CompleteModel.Parameters(id(request), sha256, replace));
  }

  private static CheckedConsumer<RestChannel, Exception> get(
      RestRequest request, NodeClient client) {
    NamePatterns names = NamePatterns.parse(request.param("id"));
    boolean allowNoMatch = request.paramAsBoolean("allow_no_match", true);
    boolean oldCodes = request.paramAsBoolean("old_codes", false);
    String digest = request.param("digest");
    return local(
        client, GetModels.TYPE, new GetModels.Parameters(names, allowNoMatch, oldCodes, digest));
  }

  private static CheckedConsumer<RestChannel, Exception> delete(
      RestRequest request, NodeClient client) {
    boolean force = request.paramAsBoolean("force", false);
    return local(client, DeleteModel.TYPE, new DeleteModel.Parameters(id(request), force));
  }

  private static CheckedConsumer<RestChannel, Exception> hash(
      RestRequest request, NodeClient client) throws IOException {
    boolean explain = request.paramAsBoolean("explain", false);
    HashBody body;
    try (var parser = request.contentParser()) {
      body = HashBody.parse(parser);
    }
    return local(
        client,
        HashTexts.TYPE,
        new HashTexts.Parameters(id(request), body.texts(), explain || body.explain()));
  }

  private static CheckedConsumer<RestChannel, Exception> warm(
      RestRequest request, NodeClient client) {
    List<String> name = List.of(id(request).value());
    return nodes(client, WarmModel.TYPE, new ModelNodesRequest(name));
  }

  private static CheckedConsumer<RestChannel, Exception> stats(
      RestRequest request, NodeClient client) {
    NamePatterns names = NamePatterns.parse(request.param("id"));
    return nodes(client, ModelNodesStats.TYPE, new ModelNodesRequest(names));
  }

  private static CheckedConsumer<RestChannel, Exception> clear(
      RestRequest request, NodeClient client) {
    NamePatterns names = NamePatterns.parse(request.param("model"));
    return nodes(client, ClearCache.TYPE, new ModelNodesRequest(names));
  }

  private static String required(RestRequest request, String name) {
    String value = request.param(name);
    if (value == null) {
      throw new IllegalArgumentException("the query parameter [" + name + "] is missing");
    }
    return value;
  }

  private static long number(RestRequest request, String name) {
    String value = required(request, name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[" + name + "] must be a whole number, got [" + value + "]", e);
    }
  }

  private static int integer(RestRequest request, String name) {
    long value = number(request, name);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "[" + name + "] must be at most [" + Integer.MAX_VALUE + "], got [" + value + "]");
    }
    return (int) value;
  }
}
