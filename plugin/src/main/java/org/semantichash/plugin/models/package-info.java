/**
 * Models inside a node: from an id to a hasher that has been proved on this machine.
 *
 * <p>{@link org.semantichash.plugin.models.ModelSource} says where the bytes of a model come from:
 * here {@link org.semantichash.plugin.models.ModelFolder}, the folder {@code semantic-hash} of the
 * node's config directory. {@link org.semantichash.plugin.models.LoadedModels} loads each model at
 * most once, on its first use, away from transport threads, and replays its golden texts before
 * anybody gets it. Ingest and search share the loaded models.
 *
 * <p>A loaded model stays as it is until the node restarts, whatever happens to its file: codes of
 * two versions of a model must never meet in one index. A load that failed is not remembered: the
 * next use tries again, so a missing file can be put in place without a restart.
 */
package org.semantichash.plugin.models;
