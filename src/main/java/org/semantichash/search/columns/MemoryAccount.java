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
