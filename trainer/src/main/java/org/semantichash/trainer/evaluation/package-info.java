// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * How good codes are: in go the codes, vectors and labels of queries and of a database, out come
 * precision, average precision, the recall of exact neighbours and the use of the bits. Start with
 * {@code Evaluation}; {@code ValidationScore} chooses the best epoch. Documents at one distance
 * count in expectation over their orders.
 */
package org.semantichash.trainer.evaluation;
