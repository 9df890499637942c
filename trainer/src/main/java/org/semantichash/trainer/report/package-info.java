// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The page about a training, written beside its model. The network, the codes of the documents and
 * a sample of their texts go in, HTML comes out. Start with {@code TrainingReport}; {@code CodeMap}
 * lays codes out in the plane, {@code BitWords} reads what a bit means.
 */
package org.semantichash.trainer.report;
