// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file that is stored, or being stored, in chunks.
 *
 * @param upload the id of the upload that its chunks are stored under
 * @param digest the SHA-256 of the file, in hexadecimal
 * @param length the number of its bytes
 * @param parts the number of its chunks
 */
public record StoredFile(String upload, String digest, long length, int parts) {

  /**
   * The largest number of chunks, which is also more than the largest file needs with chunks of
   * {@link ModelFileChunks#MAX_SIZE}.
   */
  public static final int MAX_PARTS = 1000;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the query parameter that is wrong
   */
  public StoredFile {
    digest = requireDigest(digest);
    if (length < 1 || length > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "[total_length] must be between [1] and ["
              + (Integer.MAX_VALUE - 16)
              + "], got ["
              + length
              + "]");
    }
    long least = (length + ModelFileChunks.MAX_SIZE - 1) / ModelFileChunks.MAX_SIZE;
    long most = Math.min(MAX_PARTS, length);
    if (parts < least || parts > most) {
      throw new IllegalArgumentException(
          "[total_parts] must be between ["
              + least
              + "] and ["
              + most
              + "] for a [total_length] of ["
              + length
              + "], got ["
              + parts
              + "]");
    }
  }

  /**
   * A SHA-256 as it is stored, in lower case.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String requireDigest(String digest) {
    return requireDigest("sha256", digest);
  }

  /**
   * The same.
   *
   * @param name of the parameter that it is
   */
  public static String requireDigest(String name, String digest) {
    String lower = digest.toLowerCase(Locale.ROOT);
    if (SHA_256.matcher(lower).matches() == false) {
      throw new IllegalArgumentException(
          "[" + name + "] must be [64] hexadecimal digits, got [" + digest + "]");
    }
    return lower;
  }

  void addTo(Map<String, Object> document) {
    document.put("upload", upload);
    document.put("digest", digest);
    document.put("length", length);
    document.put("parts", parts);
  }

  static StoredFile fromDocument(Map<String, Object> document) {
    return new StoredFile(
        (String) document.get("upload"),
        (String) document.get("digest"),
        ((Number) document.get("length")).longValue(),
        ((Number) document.get("parts")).intValue());
  }
}
