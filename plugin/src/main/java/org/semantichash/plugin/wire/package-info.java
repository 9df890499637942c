// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of the plugin's messages and of its stored documents. A message goes out in a {@link
 * Frame} with the version that wrote it, and comes in on a node of another version, which skips
 * fields it does not know and takes defaults for fields that are missing. {@link DocumentVersion}
 * does the same for documents of system indices. Start with {@link Frame}.
 */
package org.semantichash.plugin.wire;
