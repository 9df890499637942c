// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * An Elasticsearch cluster over HTTP. Requests go in, JSON or a {@code ClusterException} with what
 * to do comes out. Start with {@code Rest}, which tests replace, and {@code HttpCluster}; {@code
 * Retry} repeats what a busy node did not do, {@code Privileges} asks before the work, {@code
 * ClusterModels} and {@code ModelUpload} are the plugin's models.
 */
package org.semantichash.trainer.cluster;
