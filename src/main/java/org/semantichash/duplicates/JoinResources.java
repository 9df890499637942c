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

import java.util.concurrent.Executor;
import org.semantichash.search.columns.MemoryAccount;

/**
 * What a computation may use.
 *
 * @param memory is asked before every array that grows with the codes or the pairs
 * @param executor runs the threads beside the calling one; it may run them late, or not at all
 * @param threads that work at once, the calling one included, 1 or more
 * @param monitor is told the progress and can cancel
 */
public record JoinResources(
    MemoryAccount memory, Executor executor, int threads, JoinMonitor monitor) {

  /** Checks the number of threads. */
  public JoinResources {
    if (threads < 1) {
      throw new IllegalArgumentException("[threads] must be at least [1], got [" + threads + "]");
    }
  }

  /** The calling thread alone, all the memory, never cancelled. */
  public static JoinResources unlimited() {
    return new JoinResources(MemoryAccount.UNLIMITED, Runnable::run, 1, JoinMonitor.NONE);
  }
}
