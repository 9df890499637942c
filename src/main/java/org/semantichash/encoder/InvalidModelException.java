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
package org.semantichash.encoder;

/** A file is not a model that this version reads, or not one that it lets run. */
public final class InvalidModelException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** A reason may quote what stands in the file, which may be as long as the file. */
  private static final int LONGEST_MESSAGE = 2000;

  /** With the reason. */
  public InvalidModelException(String message) {
    super(abbreviated(message));
  }

  /** With the reason and what lies behind it. */
  public InvalidModelException(String message, Throwable cause) {
    super(abbreviated(message), cause);
  }

  private static String abbreviated(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "... (" + message.length() + " characters)";
  }
}
