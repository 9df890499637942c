// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

/**
 * A code near a query.
 *
 * @param index its position in the list that was searched
 * @param distance the number of bits that differ
 */
public record Neighbor(int index, int distance) {}
