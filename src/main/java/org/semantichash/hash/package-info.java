// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The bits themselves: {@link org.semantichash.hash.BinaryCode}, a value that knows its width, the
 * forms it is written in, and {@link org.semantichash.hash.StampedCode}, which says of which model
 * it is. Knows nothing of models, indexes or queries.
 */
package org.semantichash.hash;
