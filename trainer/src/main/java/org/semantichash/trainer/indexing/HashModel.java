// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Rest;

/**
 * A model as the cluster has it now.
 *
 * @param name its name
 * @param bits the width of its codes
 * @param digest the SHA-256 of its file, in hexadecimal
 * @param emptyCode the code of an empty text, in hexadecimal
 */
public record HashModel(ModelName name, int bits, String digest, String emptyCode) {

  /**
   * Asks the cluster to hash a text, since a model that only lies on the nodes as a file is no
   * resource of the cluster, yet hashes.
   *
   * @throws org.semantichash.trainer.cluster.ClusterException with status 404 when it has none of
   *     this name
   */
  public static HashModel read(Rest rest, ModelName name) {
    ObjectNode nothing = Json.object();
    nothing.putArray("docs").addObject().put("text", "");
    JsonNode model = rest.ask("POST", "_semantic_hash/models/" + name + "/_hash", nothing);
    return new HashModel(
        name,
        model.path("bits").asInt(),
        model.path("digest").asText(),
        model.path("docs").path(0).path("code").asText());
  }

  /** The digest as mappings and stamped codes have it. */
  public String shortDigest() {
    return StampedCode.digestOfModel(digest);
  }

  /** A code together with the model that made it, as it is written into a document. */
  String stamp(String code) {
    return new StampedCode(BinaryCode.parse(code, bits), shortDigest(), null).toString();
  }

  /** Whether a value of a document says that this model made it. */
  boolean isStamped(String value) {
    try {
      return shortDigest().equals(StampedCode.parse(value, bits).modelDigest());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
