// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.List;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;

/**
 * Asks for one stored search; never sent to another node. The indices in its path make security let
 * in those who may read some index. Whether the caller owns the result, and may still read what was
 * searched, is checked when it has been found.
 */
public final class ResultRequest extends ReadRequest implements IndicesRequest.Replaceable {

  /** Indices that are gone, or may not be read, are no reason to refuse the request yet. */
  private static final IndicesOptions OPTIONS =
      IndicesOptions.fromOptions(true, true, true, true, true);

  private String[] indices;
  private final List<String> asked;
  private final String id;
  private final Page page;
  private final TimeValue keepAlive;

  /**
   * A request.
   *
   * @param indices as the request that began the search named them
   * @param page which of its groups
   * @param keepAlive how long the result is kept from now on; null for as long as it is anyway
   */
  public ResultRequest(String[] indices, String id, Page page, TimeValue keepAlive) {
    this.indices = indices.clone();
    this.asked = List.of(indices);
    this.id = id;
    this.page = page;
    this.keepAlive = keepAlive;
  }

  List<String> asked() {
    return asked;
  }

  String id() {
    return id;
  }

  Page page() {
    return page;
  }

  TimeValue keepAlive() {
    return keepAlive;
  }

  @Override
  public String[] indices() {
    return indices;
  }

  @Override
  public IndicesRequest indices(String... replaced) {
    this.indices = replaced;
    return this;
  }

  @Override
  public IndicesOptions indicesOptions() {
    return OPTIONS;
  }

  @Override
  public void writeTo(StreamOutput out) {
    TransportAction.localOnly();
  }
}
