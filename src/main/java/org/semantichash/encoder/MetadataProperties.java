// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.HashedNgrams;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.hash.BinaryCode;

/** The key-value pairs of an ONNX file to model metadata, and back by its {@link Writer}. */
final class MetadataProperties {

  private final SortedMap<String, String> properties;

  MetadataProperties(SortedMap<String, String> properties) {
    this.properties = properties;
  }

  ModelMetadata read() {
    int version = version();
    try {
      int bits = number(Keys.BITS);
      return new ModelMetadata(
          version,
          bits,
          required(Keys.METHOD),
          analyzer(),
          vectorizer(),
          version == ModelFormat.FLOAT_VERSION ? 1 : floats(Keys.SCALE, 1)[0],
          thresholds(version, bits),
          BinaryCode.fromHex(required(Keys.EMPTY_CODE), bits),
          group(Keys.OPTION),
          group(Keys.PROVENANCE),
          goldenTexts(bits));
    } catch (InvalidModelException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException("the model's metadata is not valid: " + e.getMessage());
    }
  }

  private int version() {
    String version = properties.get(Keys.PREFIX + Keys.FORMAT_VERSION);
    if (version == null) {
      throw new InvalidModelException(
          "the file is no semantic hash model: metadata ["
              + Keys.PREFIX
              + Keys.FORMAT_VERSION
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
      return floats(Keys.THRESHOLDS, BinaryCode.MAX_BITS);
    }
    BinaryCode.byteLength(bits); // refuses a width that no code has, before it takes memory
    return new float[bits];
  }

  private TfIdfVectorizer vectorizer() {
    Map<String, String> ngrams = group(Keys.NGRAMS);
    if (ngrams.isEmpty() == false) {
      TfIdfOptions options = TfIdfOptions.fromProperties(group(Keys.TF_IDF));
      return new TfIdfVectorizer(new Vocabulary(HashedNgrams.fromProperties(ngrams)), options);
    }
    List<String> terms = List.of(list(Keys.TERMS, '\n', ModelFormat.MAX_TERMS));
    String[] numbers = list(Keys.DOCUMENT_FREQUENCIES, ' ', terms.size());
    int[] frequencies = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      frequencies[i] = parse(Keys.DOCUMENT_FREQUENCIES, numbers[i]);
    }
    Vocabulary vocabulary = new Vocabulary(terms, frequencies, number(Keys.DOCUMENT_COUNT));
    TfIdfOptions options = TfIdfOptions.fromProperties(group(Keys.TF_IDF));
    return new TfIdfVectorizer(vocabulary, options, floats(Keys.IDF, terms.size()));
  }

  private List<ModelMetadata.GoldenText> goldenTexts(int bits) {
    int count = number(Keys.GOLDEN_COUNT);
    List<ModelMetadata.GoldenText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = required(Keys.goldenText(i));
      texts.add(
          new ModelMetadata.GoldenText(
              text, BinaryCode.fromHex(required(Keys.goldenCode(i)), bits)));
    }
    return texts;
  }

  private Map<String, String> group(String prefix) {
    Map<String, String> group = new TreeMap<>();
    String full = Keys.PREFIX + prefix;
    for (Map.Entry<String, String> entry : properties.tailMap(full).entrySet()) {
      if (entry.getKey().startsWith(full) == false) {
        break;
      }
      group.put(entry.getKey().substring(full.length()), entry.getValue());
    }
    return group;
  }

  private AnalyzerSpec analyzer() {
    Map<String, String> group = group(Keys.ANALYZER);
    group.forEach(
        (key, value) -> checkCount(Keys.ANALYZER + key, value, ' ', ModelFormat.MAX_STOP_WORDS));
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
    String value = properties.get(Keys.PREFIX + key);
    if (value == null) {
      throw new InvalidModelException("metadata [" + Keys.PREFIX + key + "] is missing");
    }
    return value;
  }

  /** Model metadata to the key-value pairs of an ONNX file. */
  static final class Writer {

    private final Map<String, String> properties = new TreeMap<>();

    Map<String, String> write(ModelMetadata metadata) {
      put(Keys.FORMAT_VERSION, Integer.toString(metadata.formatVersion()));
      put(Keys.BITS, Integer.toString(metadata.bits()));
      put(Keys.METHOD, metadata.method());
      putAll(Keys.ANALYZER, metadata.analyzer().toProperties());
      putAll(Keys.TF_IDF, metadata.vectorizer().options().toProperties());
      Vocabulary vocabulary = metadata.vectorizer().vocabulary();
      if (vocabulary.ngrams().isPresent()) {
        putAll(Keys.NGRAMS, vocabulary.ngrams().get().toProperties());
      } else {
        putVocabulary(vocabulary);
        put(Keys.IDF, join(metadata.vectorizer().idf()));
      }
      if (metadata.formatVersion() == ModelFormat.FLOAT_VERSION) {
        put(Keys.THRESHOLDS, join(metadata.thresholds()));
      } else {
        put(Keys.SCALE, Float.toString(metadata.scale()));
      }
      put(Keys.EMPTY_CODE, metadata.emptyCode().toHex());
      putAll(Keys.OPTION, metadata.options());
      putAll(Keys.PROVENANCE, metadata.provenance());
      putGoldenTexts(metadata.goldenTexts());
      return properties;
    }

    private void putVocabulary(Vocabulary vocabulary) {
      StringJoiner frequencies = new StringJoiner(" ");
      for (int id = 0; id < vocabulary.size(); id++) {
        frequencies.add(Integer.toString(vocabulary.documentFrequency(id)));
      }
      put(Keys.TERMS, String.join("\n", vocabulary.terms()));
      put(Keys.DOCUMENT_FREQUENCIES, frequencies.toString());
      put(Keys.DOCUMENT_COUNT, Integer.toString(vocabulary.documentCount()));
    }

    private void putGoldenTexts(List<ModelMetadata.GoldenText> texts) {
      put(Keys.GOLDEN_COUNT, Integer.toString(texts.size()));
      for (int i = 0; i < texts.size(); i++) {
        put(Keys.goldenText(i), texts.get(i).text());
        put(Keys.goldenCode(i), texts.get(i).code().toHex());
      }
    }

    private void putAll(String prefix, Map<String, String> values) {
      values.forEach((key, value) -> put(prefix + key, value));
    }

    private void put(String key, String value) {
      // ONNX Runtime hands metadata over as C strings, which end at a NUL.
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("metadata [" + key + "] must not hold a NUL character");
      }
      properties.put(Keys.PREFIX + key, value);
    }

    private static String join(float[] values) {
      StringJoiner joined = new StringJoiner(" ");
      for (float value : values) {
        joined.add(Float.toString(value));
      }
      return joined.toString();
    }
  }

  /** The keys of a model file's metadata, in one place for writer and reader. */
  static final class Keys {

    static final String PREFIX = "semantic_hash.";
    static final String FORMAT_VERSION = "format_version";
    static final String BITS = "bits";
    static final String METHOD = "method";
    static final String ANALYZER = "analyzer.";
    static final String TF_IDF = "tf_idf.";
    static final String NGRAMS = "ngrams.";
    static final String TERMS = "vocabulary.terms";
    static final String DOCUMENT_FREQUENCIES = "vocabulary.document_frequencies";
    static final String DOCUMENT_COUNT = "vocabulary.document_count";
    static final String IDF = "vocabulary.idf";
    static final String SCALE = "weight_scale";
    static final String THRESHOLDS = "thresholds";
    static final String EMPTY_CODE = "empty_code";
    static final String OPTION = "option.";
    static final String PROVENANCE = "provenance.";
    static final String GOLDEN_COUNT = "golden.count";
    static final String GRAPH_SHA256 = "graph.sha256";
    static final String METADATA_SHA256 = "metadata.sha256";

    private Keys() {}

    static String goldenText(int index) {
      return "golden." + index + ".text";
    }

    static String goldenCode(int index) {
      return "golden." + index + ".code";
    }
  }
}
