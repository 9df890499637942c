// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Heap that codes take, counted against Elasticsearch's circuit breakers: the word columns of the
 * node, with their settings, eviction and clearing, and the memory of single searches. Begin with
 * {@link org.semantichash.plugin.memory.NodeColumns}.
 */
package org.semantichash.plugin.memory;
