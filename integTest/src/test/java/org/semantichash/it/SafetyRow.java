// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.it.http.Http;

/** A count that a test leaves for the table of {@code mvn -Psafety verify}. */
public final class SafetyRow {

  private static final String FOLDER = System.getProperty("semantichash.safety", "");

  private SafetyRow() {}

  /**
   * Writes a row into the folder that the system property [semantichash.safety] names; nothing
   * without it.
   *
   * @param check what must not happen
   * @param tried how often it could have happened
   * @param failures how often it did
   * @param more what else a reader of the row should know, by column
   */
  public static void write(String check, long tried, long failures, Map<String, ?> more) {
    if (FOLDER.isEmpty()) {
      return;
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("check", check);
    row.put("tried", tried);
    row.put("failures", failures);
    row.putAll(new TreeMap<>(more));
    try {
      Files.createDirectories(Path.of(FOLDER));
      Object which = more.values().stream().filter(String.class::isInstance).sorted().toList();
      String file = (check + which).replaceAll("[^A-Za-z0-9]+", "-") + ".json";
      Http.JSON.writeValue(Path.of(FOLDER, file).toFile(), row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
