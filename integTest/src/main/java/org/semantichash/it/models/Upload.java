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
package org.semantichash.it.models;

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
