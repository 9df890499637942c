// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.hash.BinaryCode;

/** The key-value pairs of an ONNX file to model metadata. */
final class MetadataReader {

  private final SortedMap<String, String> properties;

  MetadataReader(SortedMap<String, String> properties) {
    this.properties = properties;
  }

  ModelMetadata read() {
    int version = version();
    try {
      int bits = number(MetadataKeys.BITS);
      return new ModelMetadata(
          version,
          bits,
          required(MetadataKeys.METHOD),
          analyzer(),
          vectorizer(),
          version == ModelFormat.FLOAT_VERSION ? 1 : floats(MetadataKeys.SCALE, 1)[0],
          thresholds(version, bits),
          BinaryCode.fromHex(required(MetadataKeys.EMPTY_CODE), bits),
          group(MetadataKeys.OPTION),
          group(MetadataKeys.PROVENANCE),
          goldenTexts(bits));
    } catch (InvalidModelException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException("the model's metadata is not valid: " + e.getMessage());
    }
  }

  private int version() {
    String version = properties.get(MetadataKeys.PREFIX + MetadataKeys.FORMAT_VERSION);
    if (version == null) {
      throw new InvalidModelException(
          "the file is no semantic hash model: metadata ["
              + MetadataKeys.PREFIX
              + MetadataKeys.FORMAT_VERSION
              + "] is missing");
    }
    return switch (version) {
      case "1" -> ModelFormat.FLOAT_VERSION;
      case "2" -> ModelFormat.VERSION;
      default ->
          throw new InvalidModelException(
              "format version must be [1] or [2], those that this version reads, got ["
                  + version
                  + "]");
    };
  }

  private float[] thresholds(int version, int bits) {
    if (version == ModelFormat.FLOAT_VERSION) {
      return floats(MetadataKeys.THRESHOLDS, BinaryCode.MAX_BITS);
    }
    BinaryCode.byteLength(bits); // refuses a width that no code has, before it takes memory
    return new float[bits];
  }

  private TfIdfVectorizer vectorizer() {
    List<String> terms = List.of(list(MetadataKeys.TERMS, '\n', ModelFormat.MAX_TERMS));
    String[] numbers = list(MetadataKeys.DOCUMENT_FREQUENCIES, ' ', terms.size());
    int[] frequencies = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      frequencies[i] = parse(MetadataKeys.DOCUMENT_FREQUENCIES, numbers[i]);
    }
    Vocabulary vocabulary = new Vocabulary(terms, frequencies, number(MetadataKeys.DOCUMENT_COUNT));
    TfIdfOptions options = TfIdfOptions.fromProperties(group(MetadataKeys.TF_IDF));
    return new TfIdfVectorizer(vocabulary, options, floats(MetadataKeys.IDF, terms.size()));
  }

  private List<GoldenText> goldenTexts(int bits) {
    int count = number(MetadataKeys.GOLDEN_COUNT);
    List<GoldenText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = required(MetadataKeys.goldenText(i));
      texts.add(
          new GoldenText(text, BinaryCode.fromHex(required(MetadataKeys.goldenCode(i)), bits)));
    }
    return texts;
  }

  private Map<String, String> group(String prefix) {
    Map<String, String> group = new TreeMap<>();
    String full = MetadataKeys.PREFIX + prefix;
    for (Map.Entry<String, String> entry : properties.tailMap(full).entrySet()) {
      if (entry.getKey().startsWith(full) == false) {
        break;
      }
      group.put(entry.getKey().substring(full.length()), entry.getValue());
    }
    return group;
  }

  private AnalyzerSpec analyzer() {
    Map<String, String> group = group(MetadataKeys.ANALYZER);
    group.forEach(
        (key, value) ->
            checkCount(MetadataKeys.ANALYZER + key, value, ' ', ModelFormat.MAX_STOP_WORDS));
    return AnalyzerSpec.fromProperties(group);
  }

  private static void checkCount(String key, String value, char separator, int most) {
    int count = count(value, separator);
    if (count > most) {
      throw new InvalidModelException(
          "metadata [" + key + "] must hold at most [" + most + "] values, got [" + count + "]");
    }
  }

  /** How many parts the separators make. */
  static int count(String value, char separator) {
    int count = 1;
    for (int at = value.indexOf(separator); at >= 0; at = value.indexOf(separator, at + 1)) {
      count++;
    }
    return count;
  }

  /** The parts of a value, counted before they become objects. */
  private String[] list(String key, char separator, int most) {
    String value = required(key);
    checkCount(key, value, separator, most);
    return value.split(String.valueOf(separator), -1);
  }

  private float[] floats(String key, int most) {
    String[] values = list(key, ' ', most);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      try {
        floats[i] = Float.parseFloat(values[i]);
      } catch (NumberFormatException e) {
        throw new InvalidModelException(
            "metadata [" + key + "] must hold numbers, got [" + values[i] + "]");
      }
      if (Float.isFinite(floats[i]) == false) {
        throw new InvalidModelException(
            "metadata [" + key + "] must hold finite numbers, got [" + values[i] + "]");
      }
    }
    return floats;
  }

  private int number(String key) {
    return parse(key, required(key));
  }

  private static int parse(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidModelException(
          "metadata [" + key + "] must hold whole numbers, got [" + value + "]");
    }
  }

  private String required(String key) {
    String value = properties.get(MetadataKeys.PREFIX + key);
    if (value == null) {
      throw new InvalidModelException("metadata [" + MetadataKeys.PREFIX + key + "] is missing");
    }
    return value;
  }
}
