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
