// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What methods learn from the neighbours of documents: in go vectors, out come a graph of nearest
 * neighbours, random spanning trees of it, and the neighbours' words. Start with {@code
 * NeighbourGraph}.
 */
package org.semantichash.trainer.methods.graph;
