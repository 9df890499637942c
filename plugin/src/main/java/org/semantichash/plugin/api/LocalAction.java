// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.io.IOException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.CheckedFunction;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.transport.Transports;

/**
 * An action that runs on the node that is asked, off its event loops: it may read every mapping of
 * the cluster and hash a file.
 *
 * @param <P> the parameters
 */
public abstract class LocalAction<P>
    extends TransportAction<LocalAction.LocalRequest<P>, JsonResponse> {

  /**
   * A request that is never sent to another node. Its parameters have been checked.
   *
   * @param <P> the parameters
   */
  public static final class LocalRequest<P> extends ActionRequest {

    private final P parameters;

    public LocalRequest(P parameters) {
      this.parameters = parameters;
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

  protected LocalAction(
      ActionType<JsonResponse> type, ActionFilters filters, TransportService transport) {
    super(type.name(), filters, transport.getTaskManager(), transport.getThreadPool().generic());
  }

  /** Executes an action with the parameters of a REST request. */
  public static <P> RestEndpoint.Reader reader(
      ActionType<JsonResponse> type, CheckedFunction<RestRequest, P, IOException> parameters) {
    return (request, client) -> {
      LocalRequest<P> local = new LocalRequest<>(parameters.apply(request));
      return channel -> client.execute(type, local, new RestToXContentListener<>(channel));
    };
  }

  @Override
  protected final void doExecute(
      Task task, LocalRequest<P> request, ActionListener<JsonResponse> listener) {
    assert Transports.assertNotTransportThread("it parses mappings and hashes files");
    respond(request.parameters, listener);
  }

  /** Executes the action. An exception that it throws fails the request. */
  protected abstract void respond(P parameters, ActionListener<JsonResponse> listener);
}
