// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Networks and how they learn: in go sparse documents and a loss, out comes a network in floats.
 *
 * <p>Start with {@code Tape}, the operations that a loss is made of, and {@code Optimizer}, which
 * takes a step: the operations go through {@code Products} and {@code Kernels}, {@code Adam} moves
 * the parameters. Documents stay sparse: no matrix [documents, vocabulary] exists except the scores
 * of one batch.
 *
 * <p>Everything is deterministic: a seed gives the same weights, bit for bit, whatever the number
 * of threads and whether or not the Vector API is there. Each number is computed by one thread in a
 * fixed order; random numbers are a function of seed, step and position.
 */
package org.semantichash.trainer.engine;
