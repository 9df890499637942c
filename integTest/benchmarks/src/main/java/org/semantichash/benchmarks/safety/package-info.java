// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The table of what must never happen: losses, leaks, waits without an end. In come the counts that
 * tests left as files and the record of runs of the whole suite; out goes one page. Start with
 * {@link SafetyTable}.
 */
package org.semantichash.benchmarks.safety;
