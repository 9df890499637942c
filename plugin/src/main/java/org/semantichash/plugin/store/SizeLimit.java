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
package org.semantichash.plugin.store;

import java.util.function.Supplier;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelSettings;

/** The largest model that is stored or read from the cluster, which may change. */
record SizeLimit(Supplier<ByteSizeValue> bytes) {

  /**
   * Refuses what is larger.
   *
   * @throws ElasticsearchStatusException with status 413
   */
  void require(long length) {
    ByteSizeValue most = bytes.get();
    if (length > most.getBytes()) {
      throw new ElasticsearchStatusException(
          "a model must have at most [{}] (setting [{}]), got [{}]",
          RestStatus.REQUEST_ENTITY_TOO_LARGE,
          most,
          ModelSettings.MAX_SIZE.getKey(),
          ByteSizeValue.ofBytes(length));
    }
  }
}
