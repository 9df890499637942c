// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;

/** A model was let go of before its use: ask for it again. */
final class ModelClosedException extends ElasticsearchStatusException {

  private static final long serialVersionUID = 1L;

  private ModelClosedException(String message, ModelId id) {
    super(message, RestStatus.SERVICE_UNAVAILABLE, id);
  }

  /** Between the moment it was given and its use. */
  static ModelClosedException beforeUse(ModelId id) {
    return new ModelClosedException("model [{}] was dropped before its use, try again", id);
  }

  /** Before it was loaded. */
  static ModelClosedException whileLoading(ModelId id) {
    return new ModelClosedException("model [{}] was dropped while it was loaded, try again", id);
  }

  /** For good. */
  static ModelClosedException stopping(ModelId id) {
    return new ModelClosedException("model [{}] is closed, the node is stopping", id);
  }
}
