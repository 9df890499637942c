// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * A text in, its code out: {@link org.semantichash.TextHasher} joins the stages {@code analysis},
 * {@code bagofwords} and {@code encoder}. Start there. Trainer and nodes share this road, so the
 * same text gets the same bits everywhere.
 */
package org.semantichash;
