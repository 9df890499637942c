// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Made codes to search in, fresh ones to search for, and what must be found. */
package org.semantichash.benchmarks.search.codes;
