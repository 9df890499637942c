// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A uniform random sample of a stream of unknown length, by a reservoir (Vitter, "Random Sampling
 * with a Reservoir", 1985, algorithm R). Which places of the stream are taken depends on limit,
 * seed and length alone.
 */
final class ReservoirSample<T> {

  private record Numbered<T>(long number, T item) {}

  private final int limit;
  private final SplittableRandom random;
  private final List<Numbered<T>> taken = new ArrayList<>();
  private long seen;

  ReservoirSample(int limit, long seed) {
    this.limit = limit;
    this.random = new SplittableRandom(seed).split(); // the split into parts takes the seed itself
  }

  void add(T item) {
    Numbered<T> numbered = new Numbered<>(seen, item);
    seen++;
    if (taken.size() < limit) {
      taken.add(numbered);
    } else {
      long place = random.nextLong(seen);
      if (place < limit) {
        taken.set((int) place, numbered);
      }
    }
  }

  long seen() {
    return seen;
  }

  /** The sample in the order of the stream. */
  List<T> inOrder() {
    assert taken.size() == Math.min(seen, limit);
    taken.sort(Comparator.comparingLong(Numbered::number));
    return taken.stream().map(Numbered::item).toList();
  }
}
