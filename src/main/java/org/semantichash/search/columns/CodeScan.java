// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

/** Finds the codes near a query in a range of ordinals. */
public interface CodeScan {

  /**
   * Writes the ordinals of all codes within a distance, ascending, and their distances.
   *
   * @param columns the codes, [words of a code][codes]
   * @param query the words of the query
   * @param from the first ordinal
   * @param to the ordinal after the last
   * @param maxDistance the largest distance that is near, in bits
   * @param ordinals [at least to - from] the ordinals found
   * @param distances [at least to - from] their distances, in bits
   * @return how many were found
   */
  int scan(
      long[][] columns,
      long[] query,
      int from,
      int to,
      int maxDistance,
      int[] ordinals,
      int[] distances);

  /** The fastest way on this machine: with vectors where the JVM has the module for them. */
  static CodeScan fastest() {
    boolean vectors =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorScan.pays();
    return vectors ? new VectorScan() : new Scalar();
  }

  /** One code after the other, with the processor's bit count. */
  public static final class Scalar implements CodeScan {

    @Override
    public int scan(
        long[][] columns,
        long[] query,
        int from,
        int to,
        int maxDistance,
        int[] ordinals,
        int[] distances) {
      int found = 0;
      for (int ordinal = from; ordinal < to; ordinal++) {
        int distance = 0;
        for (int word = 0; word < query.length; word++) {
          distance += Long.bitCount(columns[word][ordinal] ^ query[word]);
        }
        ordinals[found] = ordinal;
        distances[found] = distance;
        found += distance <= maxDistance ? 1 : 0;
      }
      return found;
    }
  }
}
