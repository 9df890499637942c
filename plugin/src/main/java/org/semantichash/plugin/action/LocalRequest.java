// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;

/**
 * A request that is never sent to another node.
 *
 * @param <P> its parameters
 */
public final class LocalRequest<P> extends ActionRequest {

  private final P parameters;

  /** A request with these parameters, which have been checked. */
  public LocalRequest(P parameters) {
    this.parameters = parameters;
  }

  /** The parameters. */
  public P parameters() {
    return parameters;
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) {
    TransportAction.localOnly();
  }
}
