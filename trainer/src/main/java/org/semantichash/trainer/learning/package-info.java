// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The engine: a tape of operations on float matrices that knows how to go backwards.
 *
 * <p>From outside to inside: {@code TrainingLoop} draws batches and keeps the best network; a
 * method (package {@code methods}) builds its objective on a {@code Tape} from {@code Variable}s
 * and {@code Parameter}s; the operations go through {@code Products} and {@code Kernels}; {@code
 * Adam} moves the parameters. Documents stay sparse throughout: no matrix of documents by
 * vocabulary exists except the scores of one batch.
 *
 * <p>Everything is deterministic: a seed gives the same weights, bit for bit, whatever the number
 * of threads and whether or not the Vector API is there. Work is split so that every number is
 * computed by one thread in a fixed order; random numbers are a function of seed, step and
 * position.
 */
package org.semantichash.trainer.learning;
