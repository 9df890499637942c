// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * From documents to what is learned from. Documents and a seeded {@code Split} go in; the
 * vocabulary of the training part, and sparse vectors with label ids for each part come out. Start
 * with {@code Features}. The result does not depend on the number of threads.
 */
package org.semantichash.trainer.features;
