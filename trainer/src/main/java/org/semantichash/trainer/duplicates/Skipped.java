// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

/**
 * A document that was left as it is.
 *
 * @param document which one
 * @param reason why
 */
public record Skipped(GroupMember document, String reason) {

  @Override
  public String toString() {
    return "[" + document.index() + "/" + document.id() + "]: " + reason;
  }
}
