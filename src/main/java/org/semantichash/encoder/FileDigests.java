// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digests that a model file carries of itself: {@code graph.sha256} of the bytes of its graph,
 * {@code metadata.sha256} of every other property. Golden texts cannot see every weight; these see
 * every bit that a code may hang on. They find damage, not forgery.
 */
final class FileDigests {

  private static final String GRAPH =
      MetadataProperties.Keys.PREFIX + MetadataProperties.Keys.GRAPH_SHA256;
  private static final String METADATA =
      MetadataProperties.Keys.PREFIX + MetadataProperties.Keys.METADATA_SHA256;

  private FileDigests() {}

  /** The SHA-256 of these bytes, in lower-case hexadecimal. */
  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Adds both digests to the properties of a file with this graph. */
  static void addTo(Map<String, String> properties, byte[] graph) {
    properties.put(GRAPH, sha256(graph));
    properties.put(METADATA, ofMetadata(properties));
  }

  /**
   * Checks the digests, which only files of format 1 may lack.
   *
   * @throws InvalidModelException when one is missing or is not that of the file
   */
  static void check(Map<String, String> properties, ByteBuffer graph) {
    String version =
        properties.get(MetadataProperties.Keys.PREFIX + MetadataProperties.Keys.FORMAT_VERSION);
    boolean required = Integer.toString(ModelFormat.VERSION).equals(version);
    String expected = digest(properties, GRAPH, required);
    if (expected != null) {
      MessageDigest digest = sha256();
      digest.update(graph);
      require("graph", expected, HexFormat.of().formatHex(digest.digest()));
    }
    expected = digest(properties, METADATA, required);
    if (expected != null) {
      require("metadata", expected, ofMetadata(properties));
    }
  }

  private static String digest(Map<String, String> properties, String key, boolean required) {
    String digest = properties.get(key);
    if (digest == null && required) {
      throw new InvalidModelException("metadata [" + key + "] is missing");
    }
    return digest;
  }

  private static void require(String part, String expected, String actual) {
    if (actual.equals(expected) == false) {
      throw new InvalidModelException(
          "the file is damaged: the SHA-256 of its "
              + part
              + " must be ["
              + expected
              + "], got ["
              + actual
              + "]");
    }
  }

  /** Of all our properties but itself, by key; keys and values end with a NUL, which none holds. */
  private static String ofMetadata(Map<String, String> properties) {
    MessageDigest digest = sha256();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              if (key.startsWith(MetadataProperties.Keys.PREFIX) && key.equals(METADATA) == false) {
                update(digest, key);
                update(digest, value);
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform must have SHA-256
    }
  }
}
