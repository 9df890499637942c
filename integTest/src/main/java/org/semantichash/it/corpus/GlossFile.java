// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.corpus;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;

/** Glosses as the JSON lines that the trainer reads. */
public final class GlossFile {

  private GlossFile() {}

  /** Writes a line for each gloss, with its id, label and text. */
  public static Path write(List<Gloss> glosses, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (Gloss gloss : glosses) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("id", gloss.id());
        line.put("label", gloss.label());
        line.put("text", gloss.text());
        writer.write(Http.JSON.writeValueAsString(line));
        writer.write('\n');
      }
    }
    return file;
  }
}
