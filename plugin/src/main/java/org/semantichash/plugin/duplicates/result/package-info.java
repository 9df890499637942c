// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Results of searches of near-duplicates, in a system index: groups come in and pages go out, to
 * their owner. Begin with {@link org.semantichash.plugin.duplicates.result.DuplicatesResults};
 * {@link org.semantichash.plugin.duplicates.result.Caller} knows who asks.
 */
package org.semantichash.plugin.duplicates.result;
