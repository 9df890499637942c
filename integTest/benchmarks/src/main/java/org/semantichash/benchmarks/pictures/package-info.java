// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Lines on a grid: in come numbers and names, out go PNG files in which no two lines look alike.
 */
package org.semantichash.benchmarks.pictures;
