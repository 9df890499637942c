// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.mapper;

import java.util.Optional;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.ModelId;

/**
 * Which model the codes of a field are of: the name that its mapping gives, and the digest that the
 * first stamped code, or the mapping, binds it to. A field keeps its digest, since codes of
 * different models cannot be compared.
 *
 * @param field the name of the field
 * @param model the name of the model, when the mapping names one
 * @param digest the digest of its file
 */
record ModelBinding(String field, Optional<ModelId> model, String digest) {

  /**
   * Checks the parameter of a mapping.
   *
   * @param digest the value, or null
   */
  static void checkParameter(String digest) {
    if (digest != null) {
      StampedCode.requireDigest("digest", digest);
    }
  }

  /**
   * Checks that a code is of this model.
   *
   * @param stamp the digest of the model that made the code
   * @throws IllegalArgumentException when it is another one
   */
  void check(String stamp) {
    if (digest.equals(stamp) == false) {
      throw new IllegalArgumentException(
          "field ["
              + field
              + "] of type ["
              + HashCodeFieldMapper.CONTENT_TYPE
              + "] has codes of "
              + model.map(name -> "model [" + name + "] with digest [").orElse("the model digest [")
              + digest
              + "], got a code of model digest ["
              + stamp
              + "]; "
              + remedy());
    }
  }

  /** What a mapping update is told that would change the digest. */
  static String unchangeable(String bound, String asked) {
    return "the field has codes of model digest ["
        + bound
        + "] and cannot be bound to ["
        + asked
        + "]; "
        + remedy();
  }

  private static String remedy() {
    return "codes of different models cannot be compared: write them to a new field or a new index,"
        + " which [semantic-hash rehash] fills";
  }

  /** A field inside another one cannot be changed by a document. */
  static IllegalArgumentException inMultiField(String field, String stamp) {
    return new IllegalArgumentException(
        "field ["
            + field
            + "] of type ["
            + HashCodeFieldMapper.CONTENT_TYPE
            + "] is a multi-field, which a document cannot bind to a model; set its [digest] to ["
            + stamp
            + "] in the mapping, or index codes without digest");
  }
}
