// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/**
 * Real Elasticsearch nodes on this machine.
 *
 * <p>{@link org.semantichash.it.node.Cluster} is the door: it gives every node a folder of its own
 * with a copy of the server into which the server's own installer has put the plugin, starts the
 * nodes as a user who may run them, and ends them whatever happens to this process: by {@code
 * close}, by a shutdown hook, or, when this process is killed, because its pipe to the node ends.
 */
package org.semantichash.it.node;
