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
