// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Near-duplicates that a cluster has found: asking for them, showing, exporting, clearing away. */
package org.semantichash.trainer.duplicates;
