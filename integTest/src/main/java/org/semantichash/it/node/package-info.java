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

/**
 * Real Elasticsearch nodes on this machine.
 *
 * <p>{@link org.semantichash.it.node.Cluster} is the door: it gives every node a folder of its own
 * with a copy of the server into which the server's own installer has put the plugin, starts the
 * nodes as a user who may run them, and ends them whatever happens to this process: by {@code
 * close}, by a shutdown hook, or, when this process is killed, because its pipe to the node ends.
 */
package org.semantichash.it.node;
