// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.common.io.stream.StreamInput;

/** A request that reads indices, also those of data streams, and is checked where it is made. */
public abstract class ReadRequest extends ActionRequest implements IndicesRequest {

  /** A request of this node. */
  protected ReadRequest() {}

  /** As it was written. */
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
}
