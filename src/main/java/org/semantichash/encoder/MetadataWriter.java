// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.semantichash.bagofwords.Vocabulary;

/** Model metadata to the key-value pairs of an ONNX file. */
final class MetadataWriter {

  private final Map<String, String> properties = new TreeMap<>();

  Map<String, String> write(ModelMetadata metadata) {
    put(MetadataKeys.FORMAT_VERSION, Integer.toString(metadata.formatVersion()));
    put(MetadataKeys.BITS, Integer.toString(metadata.bits()));
    put(MetadataKeys.METHOD, metadata.method());
    putAll(MetadataKeys.ANALYZER, metadata.analyzer().toProperties());
    putAll(MetadataKeys.TF_IDF, metadata.vectorizer().options().toProperties());
    putVocabulary(metadata.vectorizer().vocabulary());
    put(MetadataKeys.IDF, join(metadata.vectorizer().idf()));
    if (metadata.formatVersion() == ModelFormat.FLOAT_VERSION) {
      put(MetadataKeys.THRESHOLDS, join(metadata.thresholds()));
    } else {
      put(MetadataKeys.SCALE, Float.toString(metadata.scale()));
    }
    put(MetadataKeys.EMPTY_CODE, metadata.emptyCode().toHex());
    putAll(MetadataKeys.OPTION, metadata.options());
    putAll(MetadataKeys.PROVENANCE, metadata.provenance());
    putGoldenTexts(metadata.goldenTexts());
    return properties;
  }

  private void putVocabulary(Vocabulary vocabulary) {
    StringJoiner frequencies = new StringJoiner(" ");
    for (int id = 0; id < vocabulary.size(); id++) {
      frequencies.add(Integer.toString(vocabulary.documentFrequency(id)));
    }
    put(MetadataKeys.TERMS, String.join("\n", vocabulary.terms()));
    put(MetadataKeys.DOCUMENT_FREQUENCIES, frequencies.toString());
    put(MetadataKeys.DOCUMENT_COUNT, Integer.toString(vocabulary.documentCount()));
  }

  private void putGoldenTexts(List<GoldenText> texts) {
    put(MetadataKeys.GOLDEN_COUNT, Integer.toString(texts.size()));
    for (int i = 0; i < texts.size(); i++) {
      put(MetadataKeys.goldenText(i), texts.get(i).text());
      put(MetadataKeys.goldenCode(i), texts.get(i).code().toHex());
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
    properties.put(MetadataKeys.PREFIX + key, value);
  }

  private static String join(float[] values) {
    StringJoiner joined = new StringJoiner(" ");
    for (float value : values) {
      joined.add(Float.toString(value));
    }
    return joined.toString();
  }
}
