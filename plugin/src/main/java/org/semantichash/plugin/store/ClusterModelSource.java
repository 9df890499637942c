// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.NoShardAvailableActionException;
import org.elasticsearch.action.support.RetryableAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.ConnectTransportException;
import org.elasticsearch.transport.Transports;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelSource;
import org.semantichash.plugin.models.ModelSource.ModelChangedException;
import org.semantichash.plugin.models.ModelSource.ModelFile;
import org.semantichash.plugin.store.ModelCatalog.NameLookup;

/**
 * The models that are stored in the cluster, by their own names and by their aliases, those that
 * come with the plugin, and, for names that are neither, those of another source. A model that
 * cannot be read now is never looked for elsewhere, where another of its name may be.
 */
public final class ClusterModelSource implements ModelSource {

  private static final Logger logger = LogManager.getLogger(ClusterModelSource.class);

  /** How long a load waits for a shard that is being moved or recovered. */
  private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

  private final ModelCatalog models;
  private final ModelFileChunks chunks;
  private final ModelSource others;
  private final ThreadPool threadPool;

  /**
   * The models of the cluster that a client talks to.
   *
   * @param others asked for the models that are not in the cluster
   */
  public ClusterModelSource(Client client, ModelSource others, ThreadPool threadPool) {
    SystemIndexDocuments documents = new SystemIndexDocuments(client);
    this.models = new ModelCatalog(documents);
    this.chunks = new ModelFileChunks(documents);
    this.others = others;
    this.threadPool = threadPool;
  }

  @Override
  public void find(ModelId id, ActionListener<ModelFile> listener) {
    find(id, obstacle -> {}, listener);
  }

  @Override
  public void find(ModelId id, Consumer<Exception> obstacle, ActionListener<ModelFile> listener) {
    patiently(
        id,
        obstacle,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.model().isPresent()) {
                l.onResponse(file(found.model().get()));
              } else if (found.alias().isPresent()) {
                throw new ResourceNotFoundException(
                    "alias [{}] stands for model [{}], which is not in the cluster",
                    id,
                    found.alias().get().target());
              } else if (id.isBuiltIn()) {
                throw new ResourceNotFoundException(
                    "model [{}] not found: the plugin of this node comes with models {}",
                    id,
                    BuiltInModel.all().stream().map(BuiltInModel::name).toList());
              } else {
                others.find(id, l);
              }
            }));
  }

  private ModelFile file(StoredModel model) {
    return model.id().isBuiltIn()
        ? PluginModels.file(model, threadPool.generic())
        : new ClusterModelFile(model);
  }

  private void patiently(
      ModelId id, Consumer<Exception> obstacle, ActionListener<NameLookup> listener) {
    new RetryableAction<>(
        logger,
        threadPool,
        TimeValue.timeValueMillis(50),
        TimeValue.timeValueSeconds(1),
        PATIENCE,
        listener.delegateResponse((l, e) -> l.onFailure(isPassing(e) ? unavailable(id, e) : e)),
        threadPool.generic()) {
      @Override
      public void tryAction(ActionListener<NameLookup> attempt) {
        models.resolve(id, attempt);
      }

      @Override
      public boolean shouldRetry(Exception e) {
        boolean again = isPassing(e);
        if (again) {
          obstacle.accept(unavailable(id, e));
        }
        return again;
      }
    }.run();
  }

  private static boolean isPassing(Exception e) {
    Throwable cause = ExceptionsHelper.unwrapCause(e);
    return cause instanceof NoShardAvailableActionException
        || cause instanceof ConnectTransportException // its node is stopping
        || (cause instanceof ClusterBlockException block && block.retryable());
  }

  private static ElasticsearchStatusException unavailable(ModelId id, Exception e) {
    return new ElasticsearchStatusException(
        "model [{}] cannot be looked for: index [{}] is not available: {}",
        RestStatus.SERVICE_UNAVAILABLE,
        e,
        id,
        ModelIndex.INDEX,
        ExceptionsHelper.unwrapCause(e).getMessage());
  }

  @Override
  public void isCurrent(LoadedModel loaded, ActionListener<Boolean> listener) {
    models.resolve(
        loaded.id(),
        listener.map(
            found ->
                found
                    .model()
                    .map(model -> model.file().digest().equals(loaded.digest()))
                    .orElse(
                        found.alias().isEmpty() && loaded.place() == ModelFile.Location.FOLDER)));
  }

  /** A model whose chunks are checked against its digest when they are read. */
  private final class ClusterModelFile implements ModelFile {

    private final StoredModel model;

    ClusterModelFile(StoredModel model) {
      this.model = model;
    }

    @Override
    public Location place() {
      return Location.CLUSTER;
    }

    @Override
    public String digest() {
      return model.file().digest();
    }

    @Override
    public long length() {
      return model.file().length();
    }

    @Override
    public void read(Runnable stillWanted, ActionListener<byte[]> listener) {
      ActionListener<byte[]> orReason = listener.delegateResponse(this::explain);
      chunks.readAll(model.file(), stillWanted, orReason.map(this::checked));
    }

    private byte[] checked(byte[] file) {
      assert Transports.assertNotTransportThread("it hashes the file");
      String actual = MessageDigests.toHexString(MessageDigests.sha256().digest(file));
      if (actual.equals(model.file().digest()) == false) {
        throw new IllegalArgumentException(
            "its SHA-256 must be [" + model.file().digest() + "], is [" + actual + "]");
      }
      return file;
    }

    /** Chunks disappear when a model is replaced or deleted while it is being read. */
    private void explain(ActionListener<byte[]> listener, Exception e) {
      models.resolve(
          model.id(),
          listener.delegateFailureAndWrap(
              (l, found) -> {
                boolean same =
                    found.model().map(now -> now.file().equals(model.file())).orElse(false);
                l.onFailure(same ? damaged(e) : new ModelChangedException(model.id(), e));
              }));
    }

    private Exception damaged(Exception e) {
      Throwable cause = ExceptionsHelper.unwrapCause(e);
      boolean broken =
          cause instanceof ResourceNotFoundException || cause instanceof IllegalArgumentException;
      return broken == false
          ? e
          : new ElasticsearchStatusException(
              "the stored model [{}] of [{}] is damaged, put it again with [replace]: {}",
              RestStatus.INTERNAL_SERVER_ERROR,
              e,
              model.id(),
              ByteSizeValue.ofBytes(length()),
              cause.getMessage());
    }
  }
}
