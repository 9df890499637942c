// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

/**
 * A moment after which nobody waits for a text any more.
 *
 * @param nanoTime the moment, as {@link System#nanoTime} tells the time
 */
public record Deadline(long nanoTime) {

  /** The deadline so many nanoseconds from now. */
  public static Deadline in(long nanos) {
    return new Deadline(System.nanoTime() + nanos);
  }

  /** A deadline that no text meets: centuries from now. */
  public static Deadline never() {
    return in(Long.MAX_VALUE / 2);
  }

  /** How many nanoseconds are left; not positive when it has passed. */
  public long nanosLeft() {
    return nanoTime - System.nanoTime();
  }

  /**
   * Goes on while there is time.
   *
   * @throws PassedException when it has passed
   */
  public void check() {
    if (nanosLeft() <= 0) {
      throw new PassedException();
    }
  }

  /** There was no time left for a text, which is so not hashed. */
  public static final class PassedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The deadline has passed; the caller that set it words the message. */
    PassedException() {
      super("the text was not read to its end before its deadline");
    }
  }
}
