// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Models in the cluster: a system index with one document per model and one per chunk of its file.
 * Files come in through {@link org.semantichash.plugin.store.ModelStore}, at once or part by part,
 * and go out through {@link org.semantichash.plugin.store.ClusterModelSource}; begin with {@link
 * org.semantichash.plugin.store.ModelCommit}.
 *
 * <p>An upload has an id of its own, and its chunks are stored under that id, so no two uploads
 * ever write or delete each other's chunks. The document of the model is written last and names the
 * upload it belongs to: that write is the commit, and it alone decides between concurrent uploads.
 * Whoever loses, fails or is replaced deletes the chunks of its own upload; what a dying node left
 * behind is deleted a day later.
 *
 * <p>The models that come with the plugin are no documents: {@link
 * org.semantichash.plugin.store.PluginModels} describes them.
 *
 * <p>An alias is a document too, in the place where a model of its name would be.
 */
package org.semantichash.plugin.store;
