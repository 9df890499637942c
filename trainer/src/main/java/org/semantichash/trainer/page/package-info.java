// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Pages that a person opens in a browser: {@code Html} escapes whatever is not its own, and gives
 * every page the same head and the same style. Texts and figures go in, one file of HTML comes out.
 */
package org.semantichash.trainer.page;
