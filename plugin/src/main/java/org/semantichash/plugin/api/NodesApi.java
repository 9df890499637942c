// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.POST;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions.NodesResponseRestListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.memory.NodeColumns;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.AllNodesRequest;
import org.semantichash.plugin.wire.Frame;

/** What is asked of all nodes: statistics, to load a model, to clear the caches. */
public final class NodesApi {

  private static final String MODEL = "/_semantic_hash/models/{id}";

  private NodesApi() {}

  /** Asks all nodes about models. */
  public static final class NodesRequest extends AllNodesRequest<NodesRequest> {

    private final NamePatterns names;

    /** About the models of these names or patterns, or about all when there are none. */
    public NodesRequest(List<String> names) {
      this(new NamePatterns(names));
    }

    NodesRequest(NamePatterns names) {
      this.names = names;
    }
  }

  /** What one node is asked. */
  static final class NodeRequest extends AllNodesRequest.NodeRequest {

    private final NamePatterns names;

    NodeRequest(NamePatterns names) {
      this.names = names;
    }

    NodeRequest(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "models of a node");
      this.names = new NamePatterns(body.readStringCollectionAsList());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(out, body -> body.writeStringCollection(names.patterns()));
    }

    NamePatterns names() {
      return names;
    }
  }

  /** What an action on all nodes needs, as the node injects it. */
  public record NodeServices(
      ThreadPool threadPool,
      ClusterService clusterService,
      TransportService transport,
      ActionFilters filters,
      ModelCache models,
      NodeColumns columns) {

    @Inject
    public NodeServices {}
  }

  /** Changes the models of a node, and returns the statistics after that. */
  abstract static class NodesAction
      extends TransportNodesAction<
          NodesRequest, NodesModelStats, NodeRequest, NodesModelStats.NodeModelStats, Void> {

    final ModelCache models;
    final NodeColumns columns;

    NodesAction(ActionType<NodesModelStats> type, NodeServices services) {
      super(
          type.name(),
          services.clusterService(),
          services.transport(),
          services.filters(),
          NodeRequest::new,
          services.threadPool().executor(ThreadPool.Names.MANAGEMENT));
      this.models = services.models();
      this.columns = services.columns();
    }

    static RestHandler endpoint(
        String name,
        ActionType<NodesModelStats> type,
        Function<RestRequest, NamePatterns> names,
        Route... routes) {
      return RestEndpoint.object(
          name,
          (request, client) -> {
            NodesRequest nodesRequest = new NodesRequest(names.apply(request));
            return channel ->
                client.execute(type, nodesRequest, new NodesResponseRestListener<>(channel));
          },
          routes);
    }

    /** The models of this node as they are now. */
    final NodesModelStats.NodeModelStats stats(NamePatterns names) {
      return new NodesModelStats.NodeModelStats(
          clusterService.localNode(),
          models.stats().stream().filter(model -> names.matches(model.id())).toList(),
          models.libraries(),
          columns.statistics());
    }

    @Override
    protected final NodesModelStats newResponse(
        NodesRequest request,
        List<NodesModelStats.NodeModelStats> nodes,
        List<FailedNodeException> failures) {
      return new NodesModelStats(clusterService.getClusterName(), nodes, failures);
    }

    @Override
    protected final NodeRequest newNodeRequest(NodesRequest request) {
      return new NodeRequest(request.names);
    }

    @Override
    protected final NodesModelStats.NodeModelStats newNodeResponse(
        StreamInput in, DiscoveryNode node) throws IOException {
      return new NodesModelStats.NodeModelStats(in, node);
    }

    @Override
    protected NodesModelStats.NodeModelStats nodeOperation(NodeRequest request, Task task) {
      return stats(request.names());
    }
  }

  /** Shows what all nodes did with models. */
  public static final class Stats extends NodesAction {

    public static final ActionType<NodesModelStats> TYPE =
        new ActionType<>("cluster:monitor/semantic_hash/stats");

    @Inject
    public Stats(NodeServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return endpoint(
          "stats",
          TYPE,
          request -> NamePatterns.parse(request.param("id")),
          new Route(GET, "/_semantic_hash/stats"),
          new Route(GET, MODEL + "/_stats"));
    }
  }

  /** Loads a model on all nodes before it is needed. */
  public static final class WarmModel extends NodesAction {

    public static final ActionType<NodesModelStats> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/cache/warm");

    @Inject
    public WarmModel(NodeServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return endpoint(
          "warm",
          TYPE,
          request -> new NamePatterns(List.of(new ModelId(request.param("id")).value())),
          new Route(POST, MODEL + "/_warm"));
    }

    @Override
    protected void nodeOperationAsync(
        NodeRequest request, Task task, ActionListener<NodesModelStats.NodeModelStats> listener) {
      ModelId id = new ModelId(request.names().patterns().get(0));
      models.model(id, listener.map(loaded -> stats(request.names())));
    }
  }

  /**
   * Drops models on all nodes, and where no model is named all columns of codes too. The next use
   * loads or builds them again.
   */
  public static final class ClearCache extends NodesAction {

    public static final ActionType<NodesModelStats> TYPE =
        new ActionType<>("cluster:admin/semantic_hash/cache/clear");

    @Inject
    public ClearCache(NodeServices services) {
      super(TYPE, services);
    }

    static RestHandler endpoint() {
      return endpoint(
          "clear_cache",
          TYPE,
          request -> NamePatterns.parse(request.param("model")),
          new Route(POST, "/_semantic_hash/_clear_cache"));
    }

    @Override
    protected NodesModelStats.NodeModelStats nodeOperation(NodeRequest request, Task task) {
      models.drop(request.names()::matches);
      if (request.names().patterns().isEmpty()) {
        columns.clear();
      }
      return stats(request.names());
    }
  }
}
