// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * From documents to what is learned from: a seeded split, the vocabulary of the training part, and
 * sparse vectors with label ids for each part.
 */
package org.semantichash.trainer.features;
