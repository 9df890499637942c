// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Line charts. In come numbers, axis titles and names of lines; out go PNG files in which no two
 * lines look alike. Every benchmark draws with them. Start with {@code LinePicture}; {@code
 * LineLook} chooses colour, dash and marker.
 */
package org.semantichash.benchmarks.pictures;
