// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Measured numbers as files: JSON rows with the units in their keys, a Markdown table beside them,
 * and the same table between two marks of the README.
 */
package org.semantichash.benchmarks.results;
