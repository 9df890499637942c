// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Rows as tables and pictures. */
package org.semantichash.benchmarks.search.report;
