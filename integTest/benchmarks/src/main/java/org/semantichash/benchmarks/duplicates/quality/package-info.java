// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * How well codes find near-duplicates, beside SimHash and MinHash on the same terms. In come model
 * files and texts with planted copies or labelled pairs; out go precision and recall by radius, as
 * rows and pictures. Start with {@code PlantedPhase}; {@code Contestants} makes the codes that are
 * compared.
 */
package org.semantichash.benchmarks.duplicates.quality;
