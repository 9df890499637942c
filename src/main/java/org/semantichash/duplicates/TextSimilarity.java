// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.Locale;

/** How much two texts have in common, 0 for nothing to 1, by their shingles. */
public enum TextSimilarity {

  /** Common shingles of all: |A and B| / |A or B| (Broder 1997: resemblance). */
  JACCARD {
    @Override
    public double of(ShingledText one, ShingledText other) {
      int common = common(one, other);
      return (double) common / (one.hashes().length + other.hashes().length - common);
    }
  },

  /** The cosine of the vectors that count each shingle. */
  COSINE {
    @Override
    public double of(ShingledText one, ShingledText other) {
      double product = 0;
      long[] a = one.hashes();
      long[] b = other.hashes();
      for (int i = 0, j = 0; i < a.length && j < b.length; ) {
        if (a[i] == b[j]) {
          product += (double) one.counts()[i++] * other.counts()[j++];
        } else if (a[i] < b[j]) {
          i++;
        } else {
          j++;
        }
      }
      return Math.min(1, product / Math.sqrt(square(one) * square(other)));
    }

    @Override
    public boolean counts() {
      return true;
    }
  },

  /**
   * Common shingles of those of the text with fewer: |A and B| / min(|A|, |B|), which is 1 for a
   * text that lies in another (Broder 1997: containment).
   */
  CONTAINMENT {
    @Override
    public double of(ShingledText one, ShingledText other) {
      return (double) common(one, other) / Math.min(one.hashes().length, other.hashes().length);
    }
  };

  /** The similarity of two texts, the same in either order. */
  public abstract double of(ShingledText one, ShingledText other);

  /** Whether it needs to know how often a text has a shingle. */
  public boolean counts() {
    return false;
  }

  /** The name in a request. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The similarity of a name in a request. */
  public static TextSimilarity parse(String name) {
    return Arrays.stream(values())
        .filter(similarity -> similarity.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[similarity] must be one of "
                        + Arrays.toString(values())
                        + ", got ["
                        + name
                        + "]"));
  }

  private static int common(ShingledText one, ShingledText other) {
    long[] a = one.hashes();
    long[] b = other.hashes();
    int common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  private static double square(ShingledText text) {
    assert text.counts().length == text.hashes().length : "counted";
    double sum = 0;
    for (int count : text.counts()) {
      sum += (double) count * count;
    }
    return sum;
  }
}
