// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Steps of a long measurement: taken in turns, checked, written down, gone on with later. */
package org.semantichash.benchmarks.search.measure;
