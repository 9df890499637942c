// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.io.Reader;

/**
 * A text that is read piece by piece while there is time. The tokenizer's side is the one to look
 * at the clock: a text of blanks or stop words alone never gives a term.
 */
final class DeadlineReader extends Reader {

  /** How many characters are read between two looks at the clock: about a thousand terms. */
  static final int PIECE = 1 << 13;

  private final String text;
  private final Deadline deadline;
  private int next;
  private int nextCheck = PIECE;

  /** A reader of the text; the first piece, and so a short text, is read in any case. */
  DeadlineReader(String text, Deadline deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  /**
   * Reads as every reader does.
   *
   * @throws DeadlinePassedException when the time is over
   */
  @Override
  public int read(char[] buffer, int offset, int length) {
    if (next >= nextCheck) {
      deadline.check();
      nextCheck = next + PIECE;
    }
    int count = Math.min(Math.min(length, PIECE), text.length() - next);
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    text.getChars(next, next + count, buffer, offset);
    next += count;
    return count;
  }

  @Override
  public void close() {}
}
