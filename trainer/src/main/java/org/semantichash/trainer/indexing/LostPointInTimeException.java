// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import org.semantichash.trainer.cluster.ClusterException;

/** The cluster has forgotten a point in time, because a node went away or it was not used. */
final class LostPointInTimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LostPointInTimeException(ClusterException cause) {
    super(cause.getMessage(), cause);
  }
}
