// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/** The texts that the tests and the demo train on and search: WordNet's noun glosses. */
package org.semantichash.it.corpus;
