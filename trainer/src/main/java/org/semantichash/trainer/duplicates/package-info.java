// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Near-duplicates that a cluster has found. A search goes in; a summary, groups, a report and
 * deleted or tagged documents come out. Start with {@code DuplicateJob}, which waits and reads the
 * groups page by page; {@code DuplicateReport} and {@code GroupExport} show them, {@code
 * DuplicateCleanup} deletes or tags, with its dry run, and skips whatever changed since.
 */
package org.semantichash.trainer.duplicates;
