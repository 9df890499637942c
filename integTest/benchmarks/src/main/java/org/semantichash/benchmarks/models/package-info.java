// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark of models in a cluster: {@code mvn -Pmodels-benchmark verify} measures how long
 * large models take to upload, what the pipeline costs in bulk requests, and whether a node's
 * memory grows.
 */
package org.semantichash.benchmarks.models;
