// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.OriginalIndices;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.search.internal.ShardSearchContextId;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.transport.TransportRequest;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportResponse;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.ReadRequest;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesResponse;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersRequest;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader.ReaderRequest;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction.TextsRequest;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction.TextsResponse;
import org.semantichash.plugin.server.PointInTimeReaders;
import org.semantichash.plugin.server.ShardSearches;
import org.semantichash.plugin.wire.Frame;

/**
 * An open reader of a shard.
 *
 * @param shard the shard
 * @param node the id of the node that has the reader
 * @param reader which reader
 * @param indices the names by which the caller came to the shard, and may read it
 */
public record ShardReader(
    ShardId shard, String node, ShardSearchContextId reader, OriginalIndices indices)
    implements Writeable {

  /** How long a reader stays open without requests; a job sends them more often. */
  public static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(5);

  public ShardReader(StreamInput in) throws IOException {
    this(Frame.open(in, "reader of a shard"));
  }

  private ShardReader(Frame body) throws IOException {
    this(
        new ShardId(body),
        body.readString(),
        new ShardSearchContextId(body),
        OriginalIndices.readOriginalIndices(body));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          shard.writeTo(body);
          body.writeString(node);
          reader.writeTo(body);
          OriginalIndices.writeOriginalIndices(indices, body);
        });
  }

  /** A request to the node that has an open reader, made with the rights of the first caller. */
  abstract static class ReaderRequest extends ReadRequest {

    private final ShardReader reader;

    ReaderRequest(ShardReader reader) {
      this.reader = reader;
    }

    ReaderRequest(StreamInput in) throws IOException {
      super(in);
      this.reader = new ShardReader(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      reader.writeTo(out);
    }

    /** The reader that answers. */
    ShardReader reader() {
      return reader;
    }

    @Override
    public String[] indices() {
      return reader.indices().indices();
    }

    @Override
    public IndicesOptions indicesOptions() {
      return reader.indices().indicesOptions();
    }

    @Override
    public Task createTask(
        long id, String type, String action, TaskId parent, Map<String, String> headers) {
      return new CancellableTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public String getDescription() {
      return "shard " + reader.shard();
    }
  }

  /** The readers of this node. */
  public record OpenReaders(SearchService search, PointInTimeReaders readers) {

    @Inject
    public OpenReaders {}

    /**
     * Opens the reader of a request.
     *
     * @param now the time that queries take for the present, in milliseconds
     */
    OpenReader open(ReaderRequest request, long now) {
      ReaderContext reader = find(request.reader());
      reader.validate(request);
      Releasable use = reader.markAsUsed(ShardReader.KEEP_ALIVE.millis());
      Engine.Searcher searcher = null;
      try {
        searcher = reader.acquireSearcher("semantic_hash");
        OpenReader open = new OpenReader(reader, searcher, now, Releasables.wrap(searcher, use));
        use = null;
        searcher = null;
        return open;
      } finally {
        Releasables.closeWhileHandlingException(searcher, use);
      }
    }

    private ReaderContext find(ShardReader wanted) {
      return readers
          .find(search, wanted.shard(), wanted.reader())
          .orElseThrow(
              () ->
                  new ElasticsearchStatusException(
                      "shard [{}] has left node [{}], or was closed",
                      RestStatus.SERVICE_UNAVAILABLE,
                      wanted.shard(),
                      wanted.node()));
    }
  }

  /**
   * The reader of a point in time while a request uses it. It sees the documents that the caller of
   * this request may read.
   */
  static final class OpenReader implements Releasable {

    private final ReaderContext reader;
    private final Engine.Searcher searcher;
    private final SearchExecutionContext context;
    private final Releasable use;

    private OpenReader(ReaderContext reader, Engine.Searcher searcher, long now, Releasable use) {
      this.reader = reader;
      this.searcher = searcher;
      this.use = use;
      this.context = ShardSearches.executionContext(reader, searcher, now);
    }

    ReaderContext reader() {
      return reader;
    }

    Engine.Searcher searcher() {
      return searcher;
    }

    SearchExecutionContext context() {
      return context;
    }

    @Override
    public void close() {
      Releasables.close(context::releaseQueryConstructionMemory, use);
    }
  }

  /**
   * Asks the nodes that have the readers, as children of a task.
   *
   * @param transport of this node
   * @param clusterService knows the nodes
   * @param task of the search
   */
  public record ShardCalls(TransportService transport, ClusterService clusterService, Task task) {

    public void codes(
        ShardReader reader, CodesRequest request, ActionListener<CodesResponse> listener) {
      send(reader, ShardCodesAction.TYPE.name(), request, CodesResponse::new, listener);
    }

    public void members(
        ShardReader reader, MembersRequest request, ActionListener<MembersResponse> listener) {
      send(reader, ShardMembersAction.TYPE.name(), request, MembersResponse::new, listener);
    }

    public void texts(
        ShardReader reader, TextsRequest request, ActionListener<TextsResponse> listener) {
      send(reader, ShardTextsAction.TYPE.name(), request, TextsResponse::new, listener);
    }

    private <T extends TransportResponse> void send(
        ShardReader reader,
        String action,
        TransportRequest request,
        Writeable.Reader<T> response,
        ActionListener<T> listener) {
      DiscoveryNode node = clusterService.state().nodes().get(reader.node());
      if (node == null) {
        listener.onFailure(
            new ElasticsearchStatusException(
                "node [{}] with shard [{}] has left the cluster",
                RestStatus.SERVICE_UNAVAILABLE,
                reader.node(),
                reader.shard()));
        return;
      }
      transport.sendChildRequest(
          node,
          action,
          request,
          task,
          TransportRequestOptions.EMPTY,
          new ActionListenerResponseHandler<>(
              listener, response, transport.getThreadPool().generic())); // it copies many codes
    }
  }
}
