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
package org.semantichash.trainer.corpus;

/** A corpus that cannot be read; the message names the place and what it must be. */
public final class CorpusException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public CorpusException(String message) {
    super(message);
  }

  /** With the reason and what lies behind it. */
  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
