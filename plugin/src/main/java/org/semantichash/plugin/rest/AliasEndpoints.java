// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.rest;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.PUT;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.semantichash.plugin.action.DeleteAlias;
import org.semantichash.plugin.action.GetAliases;
import org.semantichash.plugin.action.NamePatterns;
import org.semantichash.plugin.action.PutAlias;
import org.semantichash.plugin.models.ModelId;

/** The endpoints about aliases of models. */
final class AliasEndpoints {

  private static final String ALIASES = "/_semantic_hash/aliases";
  private static final String ALIAS = ALIASES + "/{alias}";

  private AliasEndpoints() {}

  /** One handler an endpoint. */
  static List<RestHandler> all() {
    return List.of(
        ModelEndpoints.object("put_alias", List.of(new Route(PUT, ALIAS)), AliasEndpoints::put),
        ModelEndpoints.object(
            "get_aliases",
            List.of(new Route(GET, ALIASES), new Route(GET, ALIAS)),
            AliasEndpoints::get),
        ModelEndpoints.object(
            "delete_alias", List.of(new Route(DELETE, ALIAS)), AliasEndpoints::delete));
  }

  private static ModelId alias(RestRequest request) {
    return new ModelId(request.param("alias"));
  }

  private static CheckedConsumer<RestChannel, Exception> put(RestRequest request, NodeClient client)
      throws IOException {
    AliasBody body;
    try (var parser = request.contentParser()) {
      body = AliasBody.parse(parser);
    }
    return ModelEndpoints.local(
        client, PutAlias.TYPE, new PutAlias.Parameters(alias(request), body.model()));
  }

  private static CheckedConsumer<RestChannel, Exception> get(
      RestRequest request, NodeClient client) {
    NamePatterns names = NamePatterns.parse(request.param("alias"));
    boolean allowNoMatch = request.paramAsBoolean("allow_no_match", true);
    return ModelEndpoints.local(
        client, GetAliases.TYPE, new GetAliases.Parameters(names, allowNoMatch));
  }

  private static CheckedConsumer<RestChannel, Exception> delete(
      RestRequest request, NodeClient client) {
    boolean force = request.paramAsBoolean("force", false);
    return ModelEndpoints.local(
        client, DeleteAlias.TYPE, new DeleteAlias.Parameters(alias(request), force));
  }
}
