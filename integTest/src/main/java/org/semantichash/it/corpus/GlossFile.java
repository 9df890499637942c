/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
