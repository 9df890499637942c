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
package org.semantichash.it.pictures;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.semantichash.it.duplicates.JoinPicture;
import org.semantichash.it.duplicates.quality.QualityPicture;
import org.semantichash.it.search.report.GrowthPicture;

/** Draws the pictures of the results from the rows that are recorded there; measures nothing. */
public final class DrawAgain {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path results;

  private DrawAgain(Path results) {
    this.results = results;
  }

  /** Argument: the folder with the recorded results, where the pictures go. */
  public static void main(String[] args) throws IOException {
    new DrawAgain(Path.of(args[0])).draw();
  }

  private void draw() throws IOException {
    List<Map<String, Object>> duplicates = rows("near-duplicates.json");
    JoinPicture.of(duplicates).write(results.resolve("near-duplicates.png"));
    QualityPicture.of(duplicates).write(results.resolve("near-duplicates-quality.png"));
    GrowthPicture.of(rows("search.json")).write(results.resolve("search.png"));
    System.out.println("drawn in " + results);
  }

  private List<Map<String, Object>> rows(String name) throws IOException {
    JsonNode recorded = JSON.readTree(results.resolve(name).toFile());
    return JSON.convertValue(recorded.path("rows"), new TypeReference<>() {});
  }
}
