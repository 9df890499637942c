// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark of models in a cluster: {@code mvn -Pmodels-benchmark verify}. In come the sizes of
 * {@link ModelsScale}; out go rows that tell how long large models take to upload, what the
 * pipeline costs in bulk requests, and whether the memory of a node grows. Start with {@link
 * ModelsBenchmark}; each measurement is a class {@code *Phase}.
 */
package org.semantichash.benchmarks.models;
