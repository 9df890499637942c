// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The pictures of the recorded results, drawn again after their look has changed. */
package org.semantichash.benchmarks.pictures;
