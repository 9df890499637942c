// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The query of the plugin, and searches with it, as JSON to be. */
public final class Hamming {

  private final Map<String, Object> parameters = new LinkedHashMap<>();

  private Hamming(String what, Object value) {
    parameters.put("field", "code");
    parameters.put(what, value);
  }

  /** By a text that the node hashes. */
  public static Hamming text(String text) {
    return new Hamming("text", text);
  }

  /** By the code of a document. */
  public static Hamming like(String index, String id) {
    return new Hamming("like", Map.of("_index", index, "_id", id));
  }

  /** By a code in hexadecimal or base64. */
  public static Hamming code(String code) {
    return new Hamming("code", code);
  }

  /** Adds or replaces a parameter. */
  public Hamming with(String name, Object value) {
    parameters.put(name, value);
    return this;
  }

  /** Only documents within this distance, in bits. */
  public Hamming within(int maxDistance) {
    return with("max_distance", maxDistance);
  }

  /** The query. */
  public Map<String, Object> query() {
    return Map.of("hamming", parameters);
  }

  /** A search for the best hits, with the exact total. */
  public Map<String, Object> search(int size) {
    return search(query(), size);
  }

  /** A search with any query. */
  public static Map<String, Object> search(Object query, int size) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("query", query);
    body.put("size", size);
    body.put("track_total_hits", true);
    return body;
  }
}
