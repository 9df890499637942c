// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What queries must find. In come codes and queries; out come the distances of the nearest codes,
 * by a plain loop over all codes. Both {@code http} and {@code jvm} check against it. Start with
 * {@link Oracle}.
 */
package org.semantichash.benchmarks.search.codes;
