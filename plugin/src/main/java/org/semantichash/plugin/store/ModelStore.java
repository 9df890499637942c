// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelSource;
import org.semantichash.plugin.models.TextHashing;

/** The models of a cluster, as one node reaches them. */
public final class ModelStore {

  private final Documents documents;
  private final ThreadPool threadPool;

  /** The store of the cluster that this client talks to. */
  public ModelStore(Client client, ThreadPool threadPool) {
    this.documents = new Documents(client);
    this.threadPool = threadPool;
  }

  /**
   * Where models are read from.
   *
   * @param others asked for the models that are not in the cluster
   */
  public ModelSource source(ModelSource others) {
    return new ClusterModels(new Names(documents), new Chunks(documents), others, threadPool);
  }

  /**
   * The codes of texts without known terms.
   *
   * @param hashing has the models that the cluster does not describe
   */
  public EmptyCodes emptyCodes(TextHashing hashing) {
    return new EmptyCodes(
        new Names(documents), new Models(documents), hashing, threadPool.generic());
  }

  /**
   * Where models are put.
   *
   * @param validator checks them first
   * @param limits of what is stored
   */
  public ModelStorage storage(ModelCache validator, StoreLimits limits) {
    return new ModelStorage(documents, validator, limits, threadPool.generic());
  }
}
