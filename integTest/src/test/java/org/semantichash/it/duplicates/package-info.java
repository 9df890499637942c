// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Near-duplicates on real clusters, compared with brute force. */
package org.semantichash.it.duplicates;
