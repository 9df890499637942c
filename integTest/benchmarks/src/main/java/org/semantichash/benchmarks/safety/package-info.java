// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The table of what must never happen: losses, leaks, waits without an end. */
package org.semantichash.benchmarks.safety;
