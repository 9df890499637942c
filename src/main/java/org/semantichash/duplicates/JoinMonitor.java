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
   * Asked by every thread after at most some milliseconds of work; an exception from here stops the
   * computation and is what its caller gets.
   */
  void checkCancelled();

  /**
   * How much is done.
   *
   * @param done 0 to 1, never less than before
   */
  void progress(double done);
}
