// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.rest.RestRequest;

/** A request that reads indices, also those of data streams, and is checked where it is made. */
public abstract class ReadRequest extends ActionRequest implements IndicesRequest {

  protected ReadRequest() {}

  protected ReadRequest(StreamInput in) throws IOException {
    super(in);
  }

  @Override
  public final boolean includeDataStreams() {
    return true;
  }

  @Override
  public final ActionRequestValidationException validate() {
    return null;
  }

  /**
   * A request about one result, under the indices as its search named them; never sent to another
   * node. Security replaces wildcards by what the caller may read.
   */
  abstract static class OfResult extends ReadRequest implements IndicesRequest.Replaceable {

    private String[] indices;
    private final List<String> asked;
    private final String id;

    OfResult(String[] indices, List<String> asked, String id) {
      this.indices = indices.clone();
      this.asked = asked;
      this.id = Objects.requireNonNull(id, "id");
    }

    /** The indices that the path of a REST request names. */
    static String[] named(RestRequest request) {
      return Strings.splitStringByCommaToArray(request.param("index"));
    }

    /** The id of the result. */
    public final String id() {
      return id;
    }

    /** The indices as they were named, before security replaced wildcards. */
    public final List<String> asked() {
      return asked;
    }

    @Override
    public final String[] indices() {
      return indices;
    }

    @Override
    public final IndicesRequest indices(String... replaced) {
      this.indices = replaced;
      return this;
    }

    @Override
    public final void writeTo(StreamOutput out) {
      TransportAction.localOnly();
    }
  }
}
