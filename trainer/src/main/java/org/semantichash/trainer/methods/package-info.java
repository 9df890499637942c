// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The published methods, one class each. A method builds its objective from the operations of the
 * engine; loop, evaluation and export are the same for all. Each says which paper and equations it
 * follows and where it deviates. Those with a variational lower bound share the parts of an
 * autoencoder and have just their equations to themselves.
 */
package org.semantichash.trainer.methods;
