/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.HashedText;

/**
 * The models of a node, each loaded once, on first use, and closed when the node stops.
 *
 * <p>Who asks while a model is being loaded waits for that one load. What they get when it fails:
 * 404 for a model that does not exist, 400 for a file that is no valid model, 503 when ONNX Runtime
 * cannot run on this node; the next one to ask starts a new load.
 */
public final class LoadedModels implements TextHashing, Closeable {

  private static final Logger logger = LogManager.getLogger(LoadedModels.class);

  private final ModelSource source;
  private final NativeLibraries libraries;
  private final Executor executor;
  private final ThreadContext threadContext;
  private final ConcurrentMap<ModelId, SubscribableListener<LoadedModel>> models =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * No model is loaded yet.
   *
   * @param source where models come from
   * @param libraries where ONNX Runtime's native libraries are
   * @param executor runs the loads, which block
   * @param threadContext the node's; who waits for a load goes on in the context it asked in
   */
  public LoadedModels(
      ModelSource source,
      NativeLibraries libraries,
      Executor executor,
      ThreadContext threadContext) {
    this.source = source;
    this.libraries = libraries;
    this.executor = executor;
    this.threadContext = threadContext;
  }

  @Override
  public void model(ModelId id, ActionListener<LoadedModel> listener) {
    SubscribableListener<LoadedModel> own = new SubscribableListener<>();
    SubscribableListener<LoadedModel> first = models.putIfAbsent(id, own);
    SubscribableListener<LoadedModel> loading = first == null ? own : first;
    loading.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, threadContext);
    if (first == null) {
      load(id, own);
    }
  }

  @Override
  public void hash(ModelId id, String text, ActionListener<HashedText> listener) {
    model(
        id,
        listener.delegateFailureAndWrap(
            (l, loaded) -> executor.execute(ActionRunnable.supply(l, () -> loaded.hash(text)))));
  }

  private void load(ModelId id, SubscribableListener<LoadedModel> loading) {
    ActionListener<LoadedModel> outcome =
        ActionListener.wrap(
            loading::onResponse,
            e -> {
              // Forgotten before anybody hears of it, so that who tries again starts a new load.
              models.remove(id, loading);
              loading.onFailure(e);
            });
    ActionListener.run(
        outcome,
        l ->
            source.read(
                id,
                l.delegateFailureAndWrap(
                    (opened, file) ->
                        executor.execute(ActionRunnable.supply(opened, () -> open(id, file))))));
  }

  private LoadedModel open(ModelId id, byte[] file) {
    LoadedModel model = LoadedModel.open(id, file, libraries);
    if (closed) {
      model.close();
      throw new ElasticsearchStatusException(
          "model [{}] is not loaded, the node is stopping", RestStatus.SERVICE_UNAVAILABLE, id);
    }
    logger.info("loaded model [{}] of [{}] bits, digest [{}]", id, model.bits(), model.digest());
    return model;
  }

  /** Closes the loaded models; a load that still runs closes its own when it ends. */
  @Override
  public void close() {
    closed = true;
    models
        .values()
        .forEach(loaded -> loaded.addListener(ActionListener.wrap(LoadedModel::close, e -> {})));
    models.clear();
  }
}
