// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Multi-index hashing: finds the few codes that can be near a query by looking up its chunks, and
 * those that differ from them in some bits, in the index.
 */
package org.semantichash.search.chunks;
