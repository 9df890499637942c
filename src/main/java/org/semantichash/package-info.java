// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * From a text to its code: {@link org.semantichash.TextHasher} joins the stages {@code analysis},
 * {@code bagofwords} and {@code encoder}, whose packages sort in the order in which a text passes
 * through them. Trainer and nodes share this road, so the same text gets the same bits everywhere.
 */
package org.semantichash;
