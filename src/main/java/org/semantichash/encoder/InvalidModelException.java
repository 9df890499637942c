// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
