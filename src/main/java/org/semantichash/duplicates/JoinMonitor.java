// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/** What a long computation tells its caller, and asks. Called by many threads at once. */
public interface JoinMonitor {

  /** Never cancels and listens to nothing. */
  JoinMonitor NONE =
      new JoinMonitor() {
        @Override
        public void checkCancelled() {}

        @Override
        public void progress(double done) {}
      };

  /**
   * Asked by every thread after at most some milliseconds of workers; an exception from here stops
   * the computation and is what its caller gets.
   */
  void checkCancelled();

  /**
   * How much is done.
   *
   * @param done 0 to 1, never less than before
   */
  void progress(double done);
}
