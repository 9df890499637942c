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
