// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The loop that all methods train with: in go documents as vectors, options and a method's
 * objective, out comes the network of the best epoch. Start with {@code TrainingLoop}. Listeners
 * follow the progress; {@code TrainingState} is a training that has stopped and can go on; {@code
 * NeighbourSearch} finds exact neighbours through an inverted index.
 */
package org.semantichash.trainer.training;
