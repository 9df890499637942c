// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.hash.BinaryCode;

/**
 * Everything in a model file that is not its graph; the package documentation lists the keys.
 *
 * @param formatVersion 2 for a network in integers, 1 for one in floats
 * @param bits the width of the codes
 * @param method the method that learned the network
 * @param analyzer text to terms
 * @param vectorizer terms to weights, with the vocabulary
 * @param scale what the weights of terms are multiplied by before they are rounded to whole
 *     numbers; 1 in format 1, which does not round them
 * @param thresholds one for each bit, as in the graph; all 0 in format 2
 * @param emptyCode the code of a text without any known term
 * @param options what it was trained with, by name
 * @param provenance where it comes from, by name
 * @param goldenTexts texts with the codes that every machine must compute
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; never compared
public record ModelMetadata(
    int formatVersion,
    int bits,
    String method,
    AnalyzerSpec analyzer,
    TfIdfVectorizer vectorizer,
    float scale,
    float[] thresholds,
    BinaryCode emptyCode,
    Map<String, String> options,
    Map<String, String> provenance,
    List<GoldenText> goldenTexts) {

  /** Checks what can be checked without the graph, and copies. */
  public ModelMetadata {
    BinaryCode.byteLength(bits);
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(analyzer, "analyzer");
    Objects.requireNonNull(vectorizer, "vectorizer");
    thresholds = thresholds.clone();
    options = Map.copyOf(options);
    provenance = Map.copyOf(provenance);
    goldenTexts = List.copyOf(goldenTexts);
    // No message is made before it is needed: that takes a while in a node that loads a first
    // model.
    if (thresholds.length != bits) {
      throw new InvalidModelException(
          "[thresholds] must have [" + bits + "] values, got [" + thresholds.length + "]");
    }
    if (scale > 0 == false || scale == Float.POSITIVE_INFINITY) {
      throw new InvalidModelException(
          "[weight_scale] must be positive and finite, got [" + scale + "]");
    }
    if (emptyCode.bits() != bits) {
      throw new InvalidModelException(
          "[empty_code] must have [" + bits + "] bits, got [" + emptyCode.bits() + "]");
    }
    checkGoldenTexts(goldenTexts, bits);
  }

  private static void checkGoldenTexts(List<GoldenText> goldenTexts, int bits) {
    if (goldenTexts.size() < ModelFormat.MIN_GOLDEN_TEXTS) {
      throw new InvalidModelException(
          "a model must have at least ["
              + ModelFormat.MIN_GOLDEN_TEXTS
              + "] golden texts, got ["
              + goldenTexts.size()
              + "]");
    }
    for (GoldenText golden : goldenTexts) {
      if (golden.code().bits() != bits) {
        throw new InvalidModelException(
            "a golden code must have [" + bits + "] bits, got [" + golden.code().bits() + "]");
      }
    }
  }

  /**
   * The metadata of a network in integers.
   *
   * @param goldenTexts with the codes that the network gives
   */
  public static ModelMetadata of(
      IntegerNetwork network,
      String method,
      AnalyzerSpec analyzer,
      TfIdfVectorizer vectorizer,
      Map<String, String> options,
      Map<String, String> provenance,
      List<GoldenText> goldenTexts) {
    return new ModelMetadata(
        ModelFormat.VERSION,
        network.bits(),
        method,
        analyzer,
        vectorizer,
        network.scale(),
        new float[network.bits()],
        network.encode(SparseVector.EMPTY),
        options,
        provenance,
        goldenTexts);
  }

  /** A copy of the thresholds. */
  @Override
  public float[] thresholds() {
    return thresholds.clone();
  }

  /** Every key with its prefix, without the digests of a file. */
  public Map<String, String> toMap() {
    return new MetadataProperties.Writer().write(this);
  }

  /**
   * The metadata_props of a file with this graph: {@link #toMap()} and the digests by which a
   * reader notices damage.
   *
   * @param graph the serialised graph, byte for byte as it stands in the file
   */
  public Map<String, String> toFileProperties(byte[] graph) {
    Map<String, String> properties = toMap();
    FileDigests.addTo(properties, graph);
    return properties;
  }

  /**
   * What {@link #toMap} wrote. Keys without the prefix are ignored.
   *
   * @throws InvalidModelException when a key is missing or its value is not valid, or the format
   *     version is unknown
   */
  public static ModelMetadata fromMap(Map<String, String> properties) {
    return new MetadataProperties(new TreeMap<>(properties)).read();
  }

  /**
   * A text with the code that every machine must compute for it.
   *
   * @param text any text without a NUL character
   * @param code its code
   */
  public record GoldenText(String text, BinaryCode code) {

    /** Checks the text. */
    public GoldenText {
      Objects.requireNonNull(code, "code");
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a golden text must not hold a NUL character");
      }
    }
  }
}
