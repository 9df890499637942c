// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.POST;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestCancellableNodeClient;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.semantichash.plugin.api.LocalAction;
import org.semantichash.plugin.api.RestEndpoint;

/** All endpoints about near-duplicates. */
public final class DuplicatesEndpoints {

  private static final String ALL = "/_semantic_hash/near_duplicates";
  private static final String FIND = "/{index}" + ALL;
  private static final String ONE = FIND + "/{id}";
  private static final String KEEP_ALIVE = "keep_alive";
  private static final int DEFAULT_SIZE = 100;

  private DuplicatesEndpoints() {}

  /** One handler an endpoint. */
  public static List<RestHandler> all() {
    return List.of(
        endpoint("find", new Route(POST, FIND), DuplicatesEndpoints::find),
        endpoint("get", new Route(GET, ONE), DuplicatesEndpoints::get),
        endpoint("list", new Route(GET, ALL), DuplicatesEndpoints::list),
        endpoint("delete", new Route(DELETE, ONE), DuplicatesEndpoints::delete));
  }

  private static RestHandler endpoint(String name, Route route, RestEndpoint.Reader reader) {
    return RestEndpoint.object("near_duplicates_" + name, reader, route);
  }

  private static String[] indices(RestRequest request) {
    return Strings.splitStringByCommaToArray(request.param("index"));
  }

  private static Page page(RestRequest request) {
    return new Page(request.paramAsInt("from", 0), request.paramAsInt("size", DEFAULT_SIZE));
  }

  /** Who goes away while waiting ends the search. */
  private static CheckedConsumer<RestChannel, Exception> find(
      RestRequest request, NodeClient client) throws IOException {
    var answered =
        new DuplicatesRequest.Answered(
            page(request),
            request.paramAsBoolean("wait_for_completion", true),
            request.paramAsTime(KEEP_ALIVE, DuplicatesRequest.KEEP_ALIVE));
    DuplicatesOptions options;
    try (var parser = request.contentParser()) {
      options = DuplicatesOptions.parse(parser);
    }
    var find = new DuplicatesRequest(indices(request), UUIDs.randomBase64UUID(), options, answered);
    return channel ->
        new RestCancellableNodeClient(client, request.getHttpChannel())
            .execute(FindDuplicates.TYPE, find, new RestToXContentListener<>(channel));
  }

  private static CheckedConsumer<RestChannel, Exception> get(
      RestRequest request, NodeClient client) {
    TimeValue keepAlive = request.paramAsTime(KEEP_ALIVE, null);
    if (keepAlive != null) {
      DuplicatesRequest.checkKeepAlive(keepAlive);
    }
    var asked = new ResultRequest(indices(request), request.param("id"), page(request), keepAlive);
    return channel ->
        client.execute(GetDuplicates.TYPE, asked, new RestToXContentListener<>(channel));
  }

  private static CheckedConsumer<RestChannel, Exception> list(
      RestRequest request, NodeClient client) {
    return channel ->
        client.execute(
            ListDuplicates.TYPE,
            new LocalAction.LocalRequest<>(null),
            new RestToXContentListener<>(channel));
  }

  private static CheckedConsumer<RestChannel, Exception> delete(
      RestRequest request, NodeClient client) {
    var asked = new ResultRequest(indices(request), request.param("id"), new Page(0, 0), null);
    return channel ->
        client.execute(DeleteDuplicates.TYPE, asked, new RestToXContentListener<>(channel));
  }
}
