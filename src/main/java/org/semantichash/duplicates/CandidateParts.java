// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.List;

/**
 * The parts into which pairs divide codes: two codes are in one part when a chain of pairs connects
 * them. Codes that are in no pair, and belong to one document, are in none. The parts come in an
 * order that depends on the codes alone.
 */
final class CandidateParts implements AutoCloseable {

  /**
   * A part.
   *
   * @param codes ascending
   * @param pairs as CodePairs has them, the nearest first
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Part(int[] codes, int[] pairs) {

    int documents(DistinctCodes distinct) {
      return Arrays.stream(codes).map(distinct::count).reduce(0, Math::addExact);
    }
  }

  private final long[] codes; // the root of the part, then the code
  private final long[] pairs; // the root of the part, then the pair
  private final Reservation memory;
  private int nextCode;
  private int nextPair;

  private CandidateParts(long[] codes, long[] pairs, Reservation memory) {
    this.codes = codes;
    this.pairs = pairs;
    this.memory = memory;
  }

  static CandidateParts of(CandidatePairs candidates, Reservation memory) {
    DistinctCodes distinct = candidates.distinct();
    CodePairs found = candidates.pairs();
    long bytes = (long) Integer.BYTES * distinct.size();
    memory.reserve(bytes, "the parts of [" + distinct.size() + "] codes");
    int[] roots = roots(distinct.size(), found);
    int count = 0;
    for (int code = 0; code < roots.length; code++) {
      count += roots[code] >= 0 || distinct.count(code) > 1 ? 1 : 0;
    }
    memory.reserve((long) Long.BYTES * (count + found.size()), "[" + found.size() + "] pairs");
    long[] codes = new long[count];
    for (int code = 0, i = 0; code < roots.length; code++) {
      if (roots[code] >= 0 || distinct.count(code) > 1) {
        int root = roots[code] < 0 ? code : roots[code];
        codes[i++] = (long) root << Integer.SIZE | code;
      }
    }
    Arrays.sort(codes);
    long[] pairs = new long[found.size()];
    Arrays.setAll(pairs, pair -> (long) roots[found.lower(pair)] << Integer.SIZE | pair);
    Arrays.sort(pairs);
    memory.release(bytes);
    return new CandidateParts(codes, pairs, memory);
  }

  /** The lowest code of the part of each code; -1 for a code that is in no pair. */
  private static int[] roots(int codes, CodePairs pairs) {
    int[] roots = new int[codes];
    Arrays.fill(roots, -1);
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = root(roots, pairs.lower(pair));
      int other = root(roots, pairs.upper(pair));
      roots[Math.max(one, other)] = Math.min(one, other);
    }
    for (int code = 0; code < codes; code++) {
      if (roots[code] >= 0) {
        roots[code] = root(roots, code);
      }
    }
    return roots;
  }

  /** Makes a code that is in no pair yet its own root. */
  private static int root(int[] roots, int code) {
    if (roots[code] < 0) {
      roots[code] = code;
    }
    int root = code;
    while (roots[root] != root) {
      roots[root] = roots[roots[root]];
      root = roots[root];
    }
    return root;
  }

  /** The next part; null after the last. */
  Part next() {
    if (nextCode == codes.length) {
      return null;
    }
    int root = (int) (codes[nextCode] >>> Integer.SIZE);
    int codesEnd = end(codes, nextCode, root);
    int pairsEnd = end(pairs, nextPair, root);
    Part part = new Part(lower(codes, nextCode, codesEnd), lower(pairs, nextPair, pairsEnd));
    nextCode = codesEnd;
    nextPair = pairsEnd;
    return part;
  }

  private static int end(long[] entries, int from, int root) {
    int end = from;
    while (end < entries.length && (int) (entries[end] >>> Integer.SIZE) == root) {
      end++;
    }
    return end;
  }

  private static int[] lower(long[] entries, int from, int to) {
    return Arrays.stream(entries, from, to).mapToInt(entry -> (int) entry).toArray();
  }

  /** How much of all codes is in some parts, 0 to 1. */
  double share(List<Part> parts) {
    return parts.stream().mapToInt(part -> part.codes().length).sum() / (double) codes.length;
  }

  @Override
  public void close() {
    memory.release((long) Long.BYTES * (codes.length + pairs.length));
  }
}
