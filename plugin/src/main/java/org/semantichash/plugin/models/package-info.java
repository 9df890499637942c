// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Models inside a node: from an id to a hasher that has been proved on this machine. {@link
 * org.semantichash.plugin.models.ModelCache} is where to begin: it loads each model at most once,
 * on its first use, away from transport threads, accounts its memory with a circuit breaker and
 * replays its golden texts before anybody gets it. Ingest and search share the loaded models.
 *
 * <p>{@link org.semantichash.plugin.models.ModelSource} says where the bytes of a model come from:
 * the cluster, see the package {@code store}, and for ids that it does not know the folder {@code
 * semantic-hash} of the node's config directory.
 *
 * <p>A model that was loaded from the folder stays as it is until the node restarts or the cluster
 * gets one of its name. One from the cluster is dropped when it is replaced or deleted there: at
 * once when the node is told, and after {@code semantic_hash.model.check_interval} at the latest. A
 * load that failed is not remembered: the next use tries again.
 */
package org.semantichash.plugin.models;
