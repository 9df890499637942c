// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.Set;
import org.semantichash.hash.BinaryCode;

/**
 * Compares stored codes: hexadecimal or base64, perhaps followed by [@] and the digest of the model
 * that they are by.
 *
 * @param bits their width
 */
record StoredCodes(int bits) {

  /** Whether both have a code, of the same model, and these differ in just so many bits. */
  boolean areAt(int distance, StoredDocument a, StoredDocument b) {
    if (a.code().isEmpty() || b.code().isEmpty()) {
      return false;
    }
    String[] one = a.code().get().split("@", 2);
    String[] other = b.code().get().split("@", 2);
    return model(one).equals(model(other)) && distance(one[0], other[0]) == distance;
  }

  /** Whether a document has one of these codes, which are in hexadecimal. */
  boolean isOneOf(Set<String> codes, StoredDocument document) {
    if (document.code().isEmpty()) {
      return false;
    }
    try {
      String bare = document.code().get().split("@", 2)[0];
      return codes.contains(BinaryCode.parse(bare, bits).toHex());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String model(String[] stamped) {
    return stamped.length == 1 ? "" : stamped[1].split(":", 2)[0];
  }

  /** The distance; -1 when one is no code of this width. */
  private int distance(String one, String other) {
    try {
      return BinaryCode.parse(one, bits).distance(BinaryCode.parse(other, bits));
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }
}
