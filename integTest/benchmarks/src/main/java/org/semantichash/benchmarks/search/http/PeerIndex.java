// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The indices that are compared. */
enum PeerIndex {

  /** The plugin. */
  SEMANTIC_HASH("semantic-hash"),

  /** The plugin without columns. */
  DOC_VALUES("semantic-hash-doc-values"),

  /** Bit vectors, all compared. */
  FLAT("elasticsearch-bit-flat"),

  /** Bit vectors in a graph. */
  HNSW("elasticsearch-bit-hnsw");

  static final String FIELD = "code";

  private final String indexName;

  PeerIndex(String indexName) {
    this.indexName = indexName;
  }

  String indexName() {
    return indexName;
  }

  boolean isVector() {
    return this == FLAT || this == HNSW;
  }

  /** What makes the index: one shard, no replica, refreshed only when told. */
  Map<String, Object> definition(int bits) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (this == DOC_VALUES) {
      all.put("index.semantic_hash.columns", "off");
    }
    all.put("index.number_of_shards", 1);
    all.put("index.number_of_replicas", 0);
    all.put("index.refresh_interval", "-1");
    return Map.of(
        "settings",
        all,
        "mappings",
        Map.of("dynamic", "strict", "properties", Map.of(FIELD, mapping(bits))));
  }

  private Map<String, Object> mapping(int bits) {
    if (isVector() == false) {
      return Map.of("type", "hash_code", "bits", bits);
    }
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
        Map.of("type", this == FLAT ? "flat" : "hnsw"));
  }
}
