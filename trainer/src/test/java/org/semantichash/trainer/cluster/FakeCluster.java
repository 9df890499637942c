// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** As much of the plugin as uploads need, for one model [news]. */
final class FakeCluster implements Rest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "_semantic_hash/models/news";

  private final Map<Integer, byte[]> parts = new TreeMap<>();
  private String totalParts;
  private String sha256;

  /** Every request, as [METHOD path]. */
  final List<String> requests = new ArrayList<>();

  /** The model's file, or null. */
  byte[] stored;

  /** Decides which requests are answered with status 503. */
  Predicate<String> fails = request -> false;

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    return JSON.valueToTree(answer(method, path, new byte[0]));
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    return JSON.valueToTree(answer("PUT", path, Arrays.copyOfRange(bytes, from, to)));
  }

  private Object answer(String method, String target, byte[] body) {
    String[] pathAndQuery = target.split("[?]", 2);
    String request = method + " " + pathAndQuery[0];
    String query = pathAndQuery.length == 2 ? pathAndQuery[1] : "";
    requests.add(request);
    if (fails.test(request)) {
      throw new ClusterException(503, "not now");
    }
    if (request.equals("GET " + MODEL)) {
      return model();
    }
    if (request.equals("PUT " + MODEL)) {
      if (sha256(body).equals(value(query, "sha256")) == false) {
        throw new ClusterException(400, "wrong digest");
      }
      stored = body;
      return Map.of("result", "created");
    }
    if (request.equals("GET " + MODEL + "/definition")) {
      return Map.of("uploads", uploads());
    }
    if (request.startsWith("PUT " + MODEL + "/definition/")) {
      totalParts = value(query, "total_parts");
      sha256 = value(query, "sha256");
      parts.put(Integer.valueOf(request.substring(request.lastIndexOf('/') + 1)), body);
      return Map.of("acknowledged", true);
    }
    if (request.equals("POST " + MODEL + "/_complete")) {
      return complete();
    }
    throw new ClusterException(400, "no handler for " + request);
  }

  private Object model() {
    if (stored == null) {
      throw new ClusterException(404, "model [news] not found");
    }
    return Map.of("models", List.of(Map.of("digest", sha256(stored))));
  }

  private List<Object> uploads() {
    return parts.isEmpty()
        ? List.of()
        : List.of(
            Map.of(
                "sha256", sha256,
                "total_parts", Integer.valueOf(totalParts),
                "parts", parts.keySet()));
  }

  private Object complete() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    parts.values().forEach(file::writeBytes);
    if (sha256(file.toByteArray()).equals(sha256) == false) {
      throw new ClusterException(400, "wrong digest");
    }
    stored = file.toByteArray();
    return Map.of("result", "created");
  }

  private static String value(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }

  @Override
  public JsonNode bulk(String path, String lines) {
    throw new AssertionError(path);
  }
}
