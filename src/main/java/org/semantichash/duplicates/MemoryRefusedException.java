// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/** The memory account did not grant what a computation needs. What it had is given back. */
public final class MemoryRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what to do about it. */
  public MemoryRefusedException(String message) {
    super(message);
  }
}
