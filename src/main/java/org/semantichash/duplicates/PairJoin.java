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

import java.util.ArrayList;
import java.util.List;

/** Finds all pairs of codes within a distance. */
final class PairJoin {

  private PairJoin() {}

  /** In the cheapest way. */
  static List<PairPages> find(
      CodeTable codes, int maxDistance, Workers workers, Work work, Reservation memory) {
    return scan(codes, maxDistance, workers, work, memory);
  }

  /** By comparing all with all. */
  static List<PairPages> scan(
      CodeTable codes, int maxDistance, Workers workers, Work work, Reservation memory) {
    memory.reserve(workers.threads() * TileScan.bytes(codes), "the blocks of [codes]");
    List<PairPages> found = new ArrayList<>();
    List<TileScan> scans = new ArrayList<>();
    for (int worker = 0; worker < workers.threads(); worker++) {
      found.add(new PairPages(maxDistance, memory));
      scans.add(new TileScan(codes, maxDistance, found.get(worker), work));
    }
    int blocks = Math.ceilDiv(codes.size(), TileScan.BLOCK);
    workers.run(
        blocks,
        (worker, task) -> {
          int from = (blocks - 1 - task) * TileScan.BLOCK; // the longest first
          int to = Math.min(codes.size(), from + TileScan.BLOCK);
          scans.get(worker).pairs(place -> place, 0, from, to, PairFilter.ALL);
          work.advance(2.0 * (blocks - task) / ((double) blocks * (blocks + 1)));
        });
    memory.release(workers.threads() * TileScan.bytes(codes));
    return found;
  }
}
