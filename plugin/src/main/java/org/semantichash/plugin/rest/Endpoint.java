// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.rest;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;

/** An HTTP endpoint: its routes, and how a request to it is read. */
final class Endpoint extends BaseRestHandler {

  /** Reads a request, all of whose parameters it must know, and gives what is to be done. */
  @FunctionalInterface
  interface Reader {
    CheckedConsumer<RestChannel, Exception> read(RestRequest request, NodeClient client)
        throws IOException;
  }

  /** What the body of a request is. */
  enum Body {
    /** JSON, or another of Elasticsearch's formats, or nothing. */
    OBJECT,
    /** Bytes, of whatever media type. */
    BYTES
  }

  private final String name;
  private final List<Route> routes;
  private final Body body;
  private final Reader reader;

  Endpoint(String name, List<Route> routes, Body body, Reader reader) {
    this.name = name;
    this.routes = List.copyOf(routes);
    this.body = body;
    this.reader = reader;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public boolean mediaTypesValid(RestRequest request) {
    return body == Body.BYTES || super.mediaTypesValid(request);
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client)
      throws IOException {
    return reader.read(request, client)::accept;
  }
}
