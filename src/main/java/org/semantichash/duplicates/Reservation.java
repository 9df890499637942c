// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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

  /** Where the memory is from. */
  MemoryAccount account() {
    return account;
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
   * @throws JoinResources.MemoryRefusedException when it is not granted
   */
  void reserve(long bytes, String what) {
    if (tryReserve(bytes) == false) {
      throw new JoinResources.MemoryRefusedException(
          what + " need [" + bytes + "] bytes, more than are free: take fewer documents");
    }
  }

  /** Gives a part back. */
  void release(long bytes) {
    long left = reserved.addAndGet(-bytes);
    assert bytes >= 0 && left >= 0 : bytes + " more than was reserved: " + left;
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
