// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.pictures;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.JoinPicture;
import org.semantichash.benchmarks.duplicates.quality.QualityPicture;
import org.semantichash.benchmarks.search.report.GrowthPicture;

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
