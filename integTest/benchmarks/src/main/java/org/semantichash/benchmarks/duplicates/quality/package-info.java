// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** How well codes find near-duplicates, beside SimHash and MinHash on the same terms. */
package org.semantichash.benchmarks.duplicates.quality;
