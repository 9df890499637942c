// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Runs a published experiment again on the reader's own copy of its data set: an experiment file
 * says what is run, rows record what came out, and page and picture are made from the rows alone.
 */
package org.semantichash.benchmarks.reproduce;
