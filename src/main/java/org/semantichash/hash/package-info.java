// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The bits themselves, in bytes and as text. Start with {@link org.semantichash.hash.BinaryCode}, a
 * value that knows its width; {@link org.semantichash.hash.CodeForm} reads and writes it in each
 * form, {@link org.semantichash.hash.StampedCode} adds which model made it. Knows nothing of
 * models, indexes or queries.
 */
package org.semantichash.hash;
