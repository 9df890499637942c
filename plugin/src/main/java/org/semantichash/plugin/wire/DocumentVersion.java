// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The version of a document in one of the plugin's system indices: the lowest that a plugin must
 * know to read it. A field that may be left unread does not change it, and is ignored by older
 * nodes; a document that they would misunderstand gets the next one.
 */
public final class DocumentVersion {

  /** The newest version that this plugin reads, and the one that it writes. */
  public static final int CURRENT = 1;

  /** Where a document has it. */
  public static final String FIELD = "version";

  private DocumentVersion() {}

  /** The fields of a document with its version. */
  public static Map<String, Object> add(Map<String, Object> fields) {
    Map<String, Object> document = new LinkedHashMap<>(fields);
    document.put(FIELD, CURRENT);
    return document;
  }

  /** Whether this plugin can read a document. */
  public static boolean isReadable(Map<String, Object> document) {
    return versionOf(document) <= CURRENT;
  }

  private static int versionOf(Map<String, Object> document) {
    return ((Number) document.getOrDefault(FIELD, 1)).intValue();
  }

  /**
   * The same document, when it can be read.
   *
   * @param id of the document
   * @throws IllegalStateException when it is of a newer plugin
   */
  public static Map<String, Object> check(String id, Map<String, Object> document) {
    if (isReadable(document) == false) {
      throw new IllegalStateException(
          "document ["
              + id
              + "] was stored by a newer plugin [semantic-hash] in version ["
              + versionOf(document)
              + "], but the plugin of this node reads versions up to ["
              + CURRENT
              + "]: install the newer plugin on all nodes");
    }
    return document;
  }
}
