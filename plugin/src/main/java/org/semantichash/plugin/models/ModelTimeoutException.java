// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
