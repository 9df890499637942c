// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Map;

/**
 * A row that is wanted.
 *
 * @param key where it belongs
 * @param options all options of the run
 * @param split of the documents
 * @param paper the published precision, or null
 * @param definition digest of all that decides about the result
 */
record Cell(
    RowKey key, Map<String, String> options, SplitSpec split, Double paper, String definition) {}
