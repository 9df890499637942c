// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * How long the tutorial takes: a secured node and 20,000 texts go in, seconds per step come out.
 * Start with {@code TenMinutes}.
 */
package org.semantichash.benchmarks.tutorial;
