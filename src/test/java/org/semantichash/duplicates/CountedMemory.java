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
package org.semantichash.duplicates;

import org.semantichash.search.columns.MemoryAccount;

/** An account that grants up to a limit. */
final class CountedMemory implements MemoryAccount {

  private final long limit;
  private long used;
  private long most;

  CountedMemory(long limit) {
    this.limit = limit;
  }

  @Override
  public synchronized boolean reserve(long bytes) {
    if (bytes < 0 || used + bytes > limit) {
      return false;
    }
    used += bytes;
    most = Math.max(most, used);
    return true;
  }

  @Override
  public synchronized void release(long bytes) {
    used -= bytes;
    if (bytes < 0 || used < 0) {
      throw new IllegalStateException("[" + bytes + "] released, [" + used + "] left");
    }
  }

  synchronized long used() {
    return used;
  }

  synchronized long most() {
    return most;
  }
}
