// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

/** The keys of a model file's metadata, in one place for writer and reader. */
final class MetadataKeys {

  static final String PREFIX = "semantic_hash.";
  static final String FORMAT_VERSION = "format_version";
  static final String BITS = "bits";
  static final String METHOD = "method";
  static final String ANALYZER = "analyzer.";
  static final String TF_IDF = "tf_idf.";
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

  private MetadataKeys() {}

  static String goldenText(int index) {
    return "golden." + index + ".text";
  }

  static String goldenCode(int index) {
    return "golden." + index + ".code";
  }
}
