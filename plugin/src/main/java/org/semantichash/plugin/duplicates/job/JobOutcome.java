// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.List;
import java.util.Map;
import org.semantichash.plugin.duplicates.result.StoredJob;

/**
 * What a search has found.
 *
 * @param fields what its header says
 * @param groups all of them; null when they are stored
 * @param pages where they are stored
 */
record JobOutcome(
    Map<String, Object> fields, List<Map<String, Object>> groups, StoredJob.Pages pages) {}
