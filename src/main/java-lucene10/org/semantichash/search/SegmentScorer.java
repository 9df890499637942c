// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.search.Scorer;

/** A scorer that does not know its weight. */
abstract class SegmentScorer extends Scorer {}
