// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** What searches of near-duplicates have found, kept in an index of the plugin. */
package org.semantichash.plugin.duplicates.result;
