// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The codes in memory: how much of it there is, which indices use it, and when they are read. */
package org.semantichash.plugin.columns;
