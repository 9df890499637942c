// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds all pairs of codes within a distance, each once: by the {@link ChunkPlan} that {@link
 * ChunkPlan.Choice} finds cheapest, or by comparing all with all. Buckets that are large are joined
 * in the same way, in the bits that are left.
 */
final class PairJoin {

  private static final int SAMPLED = 1 << 16;
  private static final int SAMPLED_OF_BUCKET = 1 << 12;
  private static final int LARGE_BUCKET = 8192;
  private static final int FEW = 4; // of a large bucket, not worth a thought

  private final CodeTable codes;
  private final int maxDistance;
  private final int largeBucket;
  private final Workers workers;
  private final Reservation memory;
  private final List<PairFinder> finders = new ArrayList<>();

  PairJoin(
      CodeTable codes,
      int maxDistance,
      CandidatePairs.PairLimit limit,
      Workers workers,
      Reservation memory) {
    this(codes, maxDistance, LARGE_BUCKET, limit, workers, memory);
  }

  /**
   * With another limit than the usual.
   *
   * @param largeBucket codes from which on a bucket is joined in the bits that are left
   */
  PairJoin(
      CodeTable codes,
      int maxDistance,
      int largeBucket,
      CandidatePairs.PairLimit limit,
      Workers workers,
      Reservation memory) {
    this.codes = codes;
    this.maxDistance = maxDistance;
    this.largeBucket = largeBucket;
    this.workers = workers;
    this.memory = memory;
    memory.reserve(workers.threads() * PairFinder.TileScan.bytes(codes), "blocks of codes");
    for (int worker = 0; worker < workers.threads(); worker++) {
      finders.add(new PairFinder(codes, maxDistance, largeBucket, limit, workers, memory));
    }
  }

  /** All pairs of codes that differ, in the cheapest way. */
  List<CodePairs.Pages> find() {
    if (maxDistance > 0) { // no code is there twice
      join(CodeTable.Subset.all(codes), allBits(), PairFinder.Filter.ALL, 1);
    }
    return found();
  }

  /** All pairs, by this plan; null for comparing all with all. */
  List<CodePairs.Pages> find(ChunkPlan plan) {
    run(plan, CodeTable.Subset.all(codes), allBits(), PairFinder.Filter.ALL, 1);
    return found();
  }

  private List<CodePairs.Pages> found() {
    return finders.stream().map(PairFinder::finish).toList();
  }

  private long[] allBits() {
    return bits(codes);
  }

  /** Every bit of a code. */
  static long[] bits(CodeTable codes) {
    long[] all = new long[codes.wordCount()];
    for (int bit = 0; bit < codes.bits(); bit++) {
      all[bit / Long.SIZE] |= Long.MIN_VALUE >>> (bit % Long.SIZE);
    }
    return all;
  }

  private void join(CodeTable.Subset some, long[] free, PairFinder.Filter filter, double share) {
    ChunkPlan plan = null;
    if (some.size() > largeBucket / FEW) {
      int sampled = some.size() == codes.size() ? SAMPLED : SAMPLED_OF_BUCKET;
      ChunkPlan.Choice choice = new ChunkPlan.Choice(codes, some, largeBucket, sampled);
      plan = choice.cheapest(free, maxDistance, workers);
    }
    run(plan, some, free, filter, share);
  }

  private void run(
      ChunkPlan plan, CodeTable.Subset some, long[] free, PairFinder.Filter filter, double share) {
    if (plan == null) {
      scan(some, filter, share);
    } else {
      byChunks(plan, some, free, filter, share);
    }
  }

  private void scan(CodeTable.Subset some, PairFinder.Filter filter, double share) {
    int blocks = Math.ceilDiv(some.size(), PairFinder.TileScan.BLOCK);
    workers.run(
        blocks,
        (worker, task) -> {
          int block = blocks - 1 - task; // the longest first
          int from = block * PairFinder.TileScan.BLOCK;
          int to = Math.min(some.size(), from + PairFinder.TileScan.BLOCK);
          finders.get(worker).scan(some, from, to, filter);
          workers.advance(share * 2 * (block + 1) / ((double) blocks * (blocks + 1)));
        });
  }

  private void byChunks(
      ChunkPlan plan, CodeTable.Subset some, long[] free, PairFinder.Filter filter, double share) {
    long bytes = HashOrder.bytes(some.size(), workers.threads());
    memory.reserve(bytes, "[" + some.size() + "] codes to be sorted");
    HashOrder order = new HashOrder(some, workers);
    double part = share / plan.keys() / 2;
    for (int key = 0; key < plan.keys(); key++) {
      PairFinder.Filter first = plan.filter(key, codes, filter);
      order.fill(new HashOrder.MaskedHash(codes, plan.mask(key)));
      workers.run(
          order.partitions(),
          (worker, partition) -> {
            finders.get(worker).find(order, partition, first);
            workers.advance(part / order.partitions());
          });
      joinLarge(without(free, plan.mask(key)), first, part);
    }
    memory.release(bytes);
  }

  private void joinLarge(long[] free, PairFinder.Filter filter, double share) {
    List<int[]> large = new ArrayList<>();
    finders.forEach(finder -> large.addAll(finder.takeLarge()));
    for (int[] bucket : large) {
      join(CodeTable.Subset.of(bucket), free, filter, share / large.size());
      memory.release((long) Integer.BYTES * bucket.length);
    }
    if (large.isEmpty()) {
      workers.advance(share);
    }
  }

  private static long[] without(long[] bits, long[] mask) {
    long[] left = bits.clone();
    for (int word = 0; word < left.length; word++) {
      left[word] &= ~mask[word];
    }
    return left;
  }
}
