// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.NavigableMap;

/**
 * A radius read off how many pairs are at which distance. Pairs of near-duplicates become fewer
 * with the distance, pairs of unrelated texts become more: the suggestion is the distance with the
 * fewest pairs before the counts rise, the valley between the two kinds. It knows no text and no
 * judgement, so it is a place to begin looking, not an answer; where labelled pairs exist, or a
 * sample of texts, the command {@code calibrate} measures.
 *
 * @param radius the distance; -1 for none
 * @param reason what it is from, a sentence
 */
public record RadiusSuggestion(int radius, String reason) {

  /** So many times the fewest pairs are a rise and no chance. */
  private static final double RISE = 1.5;

  /**
   * Looks for the valley.
   *
   * @param pairs by distance, as far as pairs were looked for; a missing distance has none
   * @param maxDistance how far that was
   */
  public static RadiusSuggestion of(NavigableMap<Integer, Long> pairs, int maxDistance) {
    if (pairs.values().stream().allMatch(count -> count == 0)) {
      return new RadiusSuggestion(-1, "No pair was found, so nothing can be read off.");
    }
    int lowest = 0;
    for (int d = 1; d <= maxDistance; d++) {
      if (count(pairs, d) <= count(pairs, lowest)) {
        lowest = d;
      } else if (count(pairs, d) > Math.max(10, RISE * count(pairs, lowest))) {
        return valley(pairs, lowest, d);
      }
    }
    return new RadiusSuggestion(
        maxDistance,
        "The number of pairs does not rise up to distance "
            + maxDistance
            + ", where the search ended: no sign of unrelated texts yet. A larger --max-distance"
            + " would show where they begin.");
  }

  private static RadiusSuggestion valley(NavigableMap<Integer, Long> pairs, int lowest, int risen) {
    return new RadiusSuggestion(
        lowest,
        "The fewest pairs, "
            + count(pairs, lowest)
            + ", are at distance "
            + lowest
            + "; from there they rise to "
            + count(pairs, risen)
            + " at distance "
            + risen
            + ", as pairs of unrelated texts do.");
  }

  private static long count(NavigableMap<Integer, Long> pairs, int distance) {
    return pairs.getOrDefault(distance, 0L);
  }
}
