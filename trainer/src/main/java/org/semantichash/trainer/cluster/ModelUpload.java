// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.Optional;

/**
 * Puts a model into a cluster: a small one at once, a large one in parts, of which only those are
 * sent that an earlier, broken-off upload has not brought there.
 */
public final class ModelUpload {

  /**
   * How a model is sent.
   *
   * @param whole what is larger is sent in parts, in bytes
   * @param part the size of a part, in bytes; the plugin takes none above 4 MiB
   * @param retry of a part that a busy node did not take
   */
  record Transfer(int whole, int part, Retry retry) {}

  private static final Transfer USUAL = new Transfer(50_000_000, 4 << 20, Retry.brief());

  private final Rest cluster;
  private final ModelName name;
  private final Transfer transfer;
  private final Progress progress;

  /** Is called after each part. */
  @FunctionalInterface
  public interface Progress {

    /** The number of bytes that have arrived. */
    void sent(long bytes, long total);
  }

  /** An upload under a name. */
  public ModelUpload(Rest cluster, ModelName name, Progress progress) {
    this(cluster, name, progress, USUAL);
  }

  ModelUpload(Rest cluster, ModelName name, Progress progress, Transfer transfer) {
    this.cluster = cluster;
    this.name = name;
    this.progress = progress;
    this.transfer = transfer;
  }

  /**
   * Puts the model.
   *
   * @param file its file
   * @param digest the SHA-256 of the file, in hexadecimal
   * @param replace whether another model of this name is replaced
   * @return what became of it: created, replaced or unchanged
   * @throws ClusterException when the cluster cannot be reached or refuses
   */
  public String put(byte[] file, String digest, boolean replace) {
    Optional<String> stored = new ClusterModels(cluster).digest(name);
    if (stored.isPresent()) {
      if (stored.get().equals(digest)) {
        return "unchanged";
      }
      if (replace == false) {
        throw new ClusterException(
            409,
            "the cluster has another model ["
                + name
                + "] with digest ["
                + stored.get()
                + "]; --replace replaces it");
      }
    }
    JsonNode answer =
        file.length <= transfer.whole()
            ? atOnce(file, digest, replace)
            : inParts(file, digest, replace);
    return answer.path("result").asText();
  }

  private JsonNode atOnce(byte[] file, String digest, boolean replace) {
    String path = ClusterModels.PATH + "/" + name + "?replace=" + replace + "&sha256=" + digest;
    JsonNode answer = cluster.put(path, file, 0, file.length);
    progress.sent(file.length, file.length);
    return answer;
  }

  private JsonNode inParts(byte[] file, String digest, boolean replace) {
    int part = transfer.part();
    assert file.length > 0;
    int parts = Math.ceilDiv(file.length, part);
    String definition = ClusterModels.PATH + "/" + name + "/definition";
    BitSet present = present(definition, digest, parts);
    String query = "?total_length=" + file.length + "&total_parts=" + parts + "&sha256=" + digest;
    for (int i = 0; i < parts; i++) {
      int from = i * part;
      int to = Math.min(file.length, from + part);
      String path = definition + "/" + i + query;
      if (present.get(i) == false) {
        transfer.retry().call(() -> cluster.put(path, file, from, to));
      }
      progress.sent(to, file.length);
    }
    String complete =
        ClusterModels.PATH + "/" + name + "/_complete?sha256=" + digest + "&replace=" + replace;
    return transfer.retry().call(() -> cluster.ask("POST", complete));
  }

  /** The parts that an earlier upload of the same file, cut in the same way, has sent. */
  private BitSet present(String definition, String digest, int parts) {
    BitSet present = new BitSet();
    for (JsonNode upload : cluster.ask("GET", definition).path("uploads")) {
      if (upload.path("sha256").asText().equals(digest)
          && upload.path("total_parts").asInt() == parts) {
        upload.path("parts").forEach(number -> present.set(number.asInt()));
      }
    }
    return present;
  }
}
