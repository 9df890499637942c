// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

/** Where the memory of columns is asked for, and given back. Safe for use by many threads. */
public interface MemoryAccount {

  /** Grants everything. */
  MemoryAccount UNLIMITED =
      new MemoryAccount() {
        @Override
        public boolean reserve(long bytes) {
          return true;
        }

        @Override
        public void release(long bytes) {}
      };

  /**
   * Asks for memory.
   *
   * @return whether it was granted; what was granted is given back by {@link #release}
   */
  boolean reserve(long bytes);

  /** Gives memory back, all of it or a part. */
  void release(long bytes);
}
