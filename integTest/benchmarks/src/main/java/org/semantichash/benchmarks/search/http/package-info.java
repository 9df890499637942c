// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Searches on a real node over HTTP, beside what the node itself brings for bit vectors. */
package org.semantichash.benchmarks.search.http;
