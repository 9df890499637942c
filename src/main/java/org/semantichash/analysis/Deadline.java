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
   * @throws DeadlinePassedException when it has passed
   */
  public void check() {
    if (nanosLeft() <= 0) {
      throw new DeadlinePassedException();
    }
  }
}
