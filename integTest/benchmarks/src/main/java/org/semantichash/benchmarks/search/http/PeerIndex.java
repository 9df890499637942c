// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.oracle.CodeSet;

/** The indices that are compared. */
enum PeerIndex {

  /** The plugin. */
  SEMANTIC_HASH("semantic-hash"),

  /** The plugin without columns. */
  DOC_VALUES("semantic-hash-doc-values"),

  /** The plugin with columns that are built before a refresh shows their segment. */
  EAGER("semantic-hash-eager"),

  /** The plugin on three nodes with four shards each. */
  SHARDED("semantic-hash-12-shards"),

  /** The plugin, with terms that shares of the documents have. */
  SHARES_TOO("semantic-hash-shares"),

  /** The plugin on a small node, its segment written without the node. */
  WRITTEN("semantic-hash-written"),

  /** Bit vectors, all compared. */
  FLAT("elasticsearch-bit-flat"),

  /** Bit vectors in a graph. */
  HNSW("elasticsearch-bit-hnsw"),

  /** OpenSearch's codes in a binary field, all compared by its script. */
  OPENSEARCH_SCRIPT("opensearch-script"),

  /** OpenSearch's binary vectors in a graph of Lucene. */
  OPENSEARCH_HNSW("opensearch-lucene-hnsw");

  static final String FIELD = "code";
  static final String SHARES = "shares";

  private final String indexName;

  PeerIndex(String indexName) {
    this.indexName = indexName;
  }

  String indexName() {
    return indexName;
  }

  boolean isOfOpenSearch() {
    return this == OPENSEARCH_SCRIPT || this == OPENSEARCH_HNSW;
  }

  /** A code as documents and queries of this index have it. */
  Object value(long... words) {
    BinaryCode code = CodeSet.code(words);
    return switch (this) {
      case OPENSEARCH_HNSW -> signedBytes(code.toBytes());
      case OPENSEARCH_SCRIPT -> code.toBase64();
      default -> code.toHex();
    };
  }

  private static List<Integer> signedBytes(byte[] bytes) {
    List<Integer> values = new ArrayList<>();
    for (byte value : bytes) {
      values.add((int) value);
    }
    return values;
  }

  int shards() {
    return this == SHARDED ? 12 : 1;
  }

  /** What makes the index: no replica, refreshed only when told. */
  Map<String, Object> definition(int bits) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (this == DOC_VALUES || this == EAGER) {
      all.put("index.semantic_hash.columns", this == EAGER ? "eager" : "off");
    }
    if (this == OPENSEARCH_HNSW) {
      all.put("index.knn", true);
    }
    all.put("index.number_of_shards", shards());
    all.put("index.number_of_replicas", 0);
    all.put("index.refresh_interval", "-1");
    Map<String, Object> properties = new LinkedHashMap<>(Map.of(FIELD, mapping(bits)));
    if (this == SHARES_TOO) {
      properties.put(SHARES, Map.of("type", "keyword"));
    }
    Map<String, Object> mappings = new LinkedHashMap<>();
    mappings.put("dynamic", "strict");
    mappings.put("properties", properties);
    if (this == WRITTEN) {
      mappings.put("_source", Map.of("enabled", false));
    }
    return Map.of("settings", all, "mappings", mappings);
  }

  private Map<String, Object> mapping(int bits) {
    return switch (this) {
      case SEMANTIC_HASH, DOC_VALUES, EAGER, SHARDED, SHARES_TOO, WRITTEN ->
          Map.of("type", "hash_code", "bits", bits);
      case FLAT -> bitVector(bits, "flat");
      case HNSW -> bitVector(bits, "hnsw");
      case OPENSEARCH_SCRIPT -> Map.of("type", "binary", "doc_values", true);
      case OPENSEARCH_HNSW ->
          Map.of(
              "type",
              "knn_vector",
              "data_type",
              "binary",
              "dimension",
              bits,
              "space_type",
              "hamming",
              "method",
              Map.of("name", "hnsw", "engine", "lucene"));
    };
  }

  private static Map<String, Object> bitVector(int bits, String type) {
    return Map.of(
        "type",
        "dense_vector",
        "element_type",
        "bit",
        "dims",
        bits,
        "index",
        true,
        "similarity",
        "l2_norm",
        "index_options",
        Map.of("type", type));
  }
}
