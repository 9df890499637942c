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
package org.semantichash.search.columns;

import java.util.concurrent.atomic.AtomicLong;

/** An account with a limit that fails when more is given back than was taken. */
final class LimitedMemory implements MemoryAccount {

  final AtomicLong used = new AtomicLong();
  final AtomicLong questions = new AtomicLong();
  volatile long limit = Long.MAX_VALUE;

  @Override
  public boolean reserve(long bytes) {
    questions.incrementAndGet();
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  @Override
  public void release(long bytes) {
    if (used.addAndGet(-bytes) < 0) {
      throw new AssertionError("gave back [" + bytes + "] bytes, more than were taken");
    }
  }
}
