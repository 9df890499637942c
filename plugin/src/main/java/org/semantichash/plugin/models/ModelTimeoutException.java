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
package org.semantichash.plugin.models;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

/**
 * A text was not hashed in time. The status is 408, as Elasticsearch's inference processor answers
 * when its model takes too long: 429 stands for a lack of memory here, 503 for a node that cannot
 * run the model at all.
 */
public final class ModelTimeoutException extends ElasticsearchStatusException {

  private static final long serialVersionUID = 1L;

  private ModelTimeoutException(String message, ModelId id, TimeValue timeout) {
    super(message, RestStatus.REQUEST_TIMEOUT, id, timeout, ModelSettings.TIMEOUT.getKey());
  }

  /** The model was not loaded in time. */
  static ModelTimeoutException waiting(ModelId id, TimeValue timeout) {
    return new ModelTimeoutException(
        "model [{}] was not loaded within [{}] (setting [{}]), try again later", id, timeout);
  }

  /** The text is too long for the time. */
  static ModelTimeoutException hashing(ModelId id, TimeValue timeout) {
    return new ModelTimeoutException(
        "model [{}] did not read the text within [{}] (setting [{}])", id, timeout);
  }
}
