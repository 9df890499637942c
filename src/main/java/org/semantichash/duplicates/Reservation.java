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

import java.util.concurrent.atomic.AtomicLong;
import org.semantichash.search.columns.MemoryAccount;

/** The memory of one computation: what is not given back one by one is given back at the end. */
final class Reservation implements AutoCloseable {

  private final MemoryAccount account;
  private final AtomicLong reserved = new AtomicLong();

  Reservation(MemoryAccount account) {
    this.account = account;
  }

  /** Asks for memory. */
  boolean tryReserve(long bytes) {
    if (account.reserve(bytes) == false) {
      return false;
    }
    reserved.addAndGet(bytes);
    return true;
  }

  /**
   * Asks for memory.
   *
   * @param what it is for
   * @throws MemoryRefusedException when it is not granted
   */
  void reserve(long bytes, String what) {
    if (tryReserve(bytes) == false) {
      throw new MemoryRefusedException(
          what + " need [" + bytes + "] bytes, more than are free: take fewer documents");
    }
  }

  /** Gives a part back. */
  void release(long bytes) {
    reserved.addAndGet(-bytes);
    account.release(bytes);
  }

  /** Gives all back that is left. */
  @Override
  public void close() {
    long left = reserved.getAndSet(0);
    if (left != 0) {
      account.release(left);
    }
  }
}
