// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Word columns: the codes of a segment once more, in memory, one array for each 64 bits of the
 * codes, so that a scan runs at the speed of memory. Derived from the doc values, never needed for
 * a correct result.
 */
package org.semantichash.search.columns;
