// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.Map;

/** The groups of a result, in the order in which they are shown. */
public interface ResultGroups {

  /** How many. */
  int count();

  /** A group as it is shown; its documents are the list [documents]. */
  Map<String, Object> group(int place);
}
