// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/** Exact search on a real node, whatever the mapping, the setting and the state of the index. */
package org.semantichash.it.exact;
