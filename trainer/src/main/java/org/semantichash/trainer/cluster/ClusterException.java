// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

/** The cluster could not be reached, or refused. */
public final class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** A refusal with its HTTP status. */
  public ClusterException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** No answer. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /** The HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** Whether the same request may do better a little later. */
  public boolean isTransient() {
    return status == 0 || status == 429 || status >= 502;
  }
}
