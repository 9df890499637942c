// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;

/** A model was replaced or deleted while its file was being read: look for it again. */
public final class ModelChangedException extends ElasticsearchStatusException {

  private static final long serialVersionUID = 1L;

  /** The model, and what went wrong with its file. */
  public ModelChangedException(ModelId id, Exception cause) {
    super(
        "model [{}] was changed while it was being read",
        RestStatus.SERVICE_UNAVAILABLE,
        cause,
        id);
  }
}
