// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The command line's work on indices of a real node. */
package org.semantichash.it.client;
