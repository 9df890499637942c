// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The published methods, one file per method, found by name through {@code HashingMethod}: in go
 * documents as vectors, out comes a network. Each says which paper and equations it follows and
 * where it deviates. Methods with a variational lower bound share the parts of an {@code
 * Autoencoder} and differ in their equations. What learns from neighbours is in {@code graph}.
 */
package org.semantichash.trainer.methods;
