// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

/** There was no time left for a text, which is so not hashed. */
public final class DeadlinePassedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whoever set the deadline knows what to say of it. */
  DeadlinePassedException() {
    super("the text was not read to its end before its deadline");
  }
}
