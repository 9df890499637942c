// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;

/** A REST endpoint: its routes, and how a request to them is read. */
public final class RestEndpoint extends BaseRestHandler {

  /** Reads a request, all of whose parameters it must know, and returns what executes it. */
  @FunctionalInterface
  public interface Reader {

    CheckedConsumer<RestChannel, Exception> read(RestRequest request, NodeClient client)
        throws IOException;
  }

  private final String name;
  private final List<Route> routes;
  private final boolean anyMediaType;
  private final Reader reader;

  private RestEndpoint(String name, boolean anyMediaType, Reader reader, Route... routes) {
    this.name = "semantic_hash_" + name;
    this.routes = List.of(routes);
    this.anyMediaType = anyMediaType;
    this.reader = reader;
  }

  /** An endpoint whose body is an object in JSON, or another of Elasticsearch's formats, if any. */
  public static RestEndpoint object(String name, Reader reader, Route... routes) {
    return new RestEndpoint(name, false, reader, routes);
  }

  /** An endpoint whose body is bytes, of whatever media type. */
  static RestEndpoint bytes(String name, Reader reader, Route... routes) {
    return new RestEndpoint(name, true, reader, routes);
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
    return anyMediaType || super.mediaTypesValid(request);
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client)
      throws IOException {
    return reader.read(request, client)::accept;
  }

  /**
   * A parameter that must be there.
   *
   * @throws IllegalArgumentException when it is missing
   */
  static String required(RestRequest request, String name) {
    String value = request.param(name);
    if (value == null) {
      throw new IllegalArgumentException("the query parameter [" + name + "] is missing");
    }
    return value;
  }

  /**
   * A whole number that must be there.
   *
   * @throws IllegalArgumentException when it is missing or no whole number
   */
  static long requiredLong(RestRequest request, String name) {
    String value = required(request, name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[" + name + "] must be a whole number, got [" + value + "]", e);
    }
  }

  /**
   * A whole number that must be there, of 32 bits.
   *
   * @throws IllegalArgumentException when it is missing, no whole number or too large
   */
  static int requiredInt(RestRequest request, String name) {
    long value = requiredLong(request, name);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "[" + name + "] must be at most [" + Integer.MAX_VALUE + "], got [" + value + "]");
    }
    return (int) value;
  }
}
