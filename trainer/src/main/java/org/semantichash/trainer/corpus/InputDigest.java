// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.util.List;

/**
 * What was read.
 *
 * @param sha256 of all bytes of the input, in hexadecimal
 * @param bytes the size of the input as it is stored
 * @param notes what a person should know about it
 */
record InputDigest(String sha256, long bytes, List<String> notes) {

  InputDigest withNotes(List<String> more) {
    return new InputDigest(sha256, bytes, more);
  }
}
