// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How counts are weighed, named as scikit-learn's TfidfVectorizer names it.
 *
 * @param binary a term that occurs counts once, however often it occurs
 * @param useIdf the weight is multiplied by the inverse document frequency
 * @param smoothIdf idf = ln((1 + n) / (1 + df)) + 1 instead of ln(n / df) + 1, for n documents of
 *     which df hold the term
 * @param sublinearTf a count c weighs 1 + ln(c) instead of c
 * @param norm what the whole vector is divided by
 */
public record TfIdfOptions(
    boolean binary, boolean useIdf, boolean smoothIdf, boolean sublinearTf, Norm norm) {

  /** What a vector is divided by. */
  public enum Norm {
    /** Nothing. */
    NONE,
    /** The square root of the sum of squares. */
    L2
  }

  /** scikit-learn's defaults: tf x smoothed idf, L2 norm. */
  public static final TfIdfOptions DEFAULT = new TfIdfOptions(false, true, true, false, Norm.L2);

  private static final String BINARY = "binary";
  private static final String USE_IDF = "use_idf";
  private static final String SMOOTH_IDF = "smooth_idf";
  private static final String SUBLINEAR_TF = "sublinear_tf";
  private static final String NORM = "norm";

  /** Checks that the norm is there. */
  public TfIdfOptions {
    Objects.requireNonNull(norm, NORM);
  }

  /** The properties from which {@link #fromProperties} makes equal options. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(BINARY, Boolean.toString(binary));
    properties.put(USE_IDF, Boolean.toString(useIdf));
    properties.put(SMOOTH_IDF, Boolean.toString(smoothIdf));
    properties.put(SUBLINEAR_TF, Boolean.toString(sublinearTf));
    properties.put(NORM, norm.name().toLowerCase(Locale.ROOT));
    return properties;
  }

  /**
   * The options with these properties.
   *
   * @throws IllegalArgumentException when a property is missing or not valid
   */
  public static TfIdfOptions fromProperties(Map<String, String> properties) {
    return new TfIdfOptions(
        flag(properties, BINARY),
        flag(properties, USE_IDF),
        flag(properties, SMOOTH_IDF),
        flag(properties, SUBLINEAR_TF),
        norm(properties.get(NORM)));
  }

  private static boolean flag(Map<String, String> properties, String key) {
    String value = properties.get(key);
    if ("true".equals(value) == false && "false".equals(value) == false) {
      throw new IllegalArgumentException(
          "[" + key + "] must be [true] or [false], got [" + value + "]");
    }
    return value.equals("true");
  }

  private static Norm norm(String value) {
    if ("l2".equals(value)) {
      return Norm.L2;
    }
    if ("none".equals(value)) {
      return Norm.NONE;
    }
    throw new IllegalArgumentException("[norm] must be [none] or [l2], got [" + value + "]");
  }
}
