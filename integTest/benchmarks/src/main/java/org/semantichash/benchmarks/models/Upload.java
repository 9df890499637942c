// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.net.URI;
import java.util.Optional;
import org.semantichash.trainer.cluster.Credentials;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.ModelUpload;

/**
 * What the command [upload] does.
 *
 * @param address of a node
 */
record Upload(String address) {

  void put(String id, byte[] file, String digest) {
    try (HttpCluster cluster =
        new HttpCluster(URI.create(address), Credentials.NONE, Optional.empty())) {
      new ModelUpload(cluster, new ModelName(id), (bytes, total) -> {}).put(file, digest, true);
    }
  }
}
