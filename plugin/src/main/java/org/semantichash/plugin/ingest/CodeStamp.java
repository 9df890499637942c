/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.ingest;

import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.LoadedModel;

/**
 * What a processor writes besides the bits of a code.
 *
 * @param provenance whether the code says which model made it
 * @param skipUnchanged whether it says of which text it is too, and is kept as long as both stay
 */
record CodeStamp(boolean provenance, boolean skipUnchanged) {

  /**
   * Checks that what is kept can be recognised.
   *
   * @throws IllegalArgumentException when unchanged texts are to be skipped without provenance
   */
  CodeStamp {
    if (skipUnchanged && provenance == false) {
      throw new IllegalArgumentException(
          "[skip_unchanged] can be [true] only with [provenance] [true], got [false]");
    }
  }

  /**
   * The text of a code.
   *
   * @param stored what the document has now, or null
   */
  String code(LoadedModel model, String text, Object stored) {
    if (provenance == false) {
      return model.hash(text).code().toHex();
    }
    String textDigest = skipUnchanged ? StampedCode.digestOfText(text) : null;
    if (textDigest != null && stored instanceof String old && isOf(model, textDigest, old)) {
      model.skipped();
      return old;
    }
    return stamped(model.hash(text).code(), model, textDigest);
  }

  private static String stamped(BinaryCode code, LoadedModel model, String textDigest) {
    return new StampedCode(code, model.stamp(), textDigest).toString();
  }

  private static boolean isOf(LoadedModel model, String textDigest, String stored) {
    // What ends otherwise need not be parsed, and what is no code at all is no error here.
    if (stored.endsWith("@" + model.stamp() + ":" + textDigest) == false) {
      return false;
    }
    try {
      StampedCode.parse(stored, model.bits());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
