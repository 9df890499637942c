// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.benchmarks.pictures.LineLook;
import org.semantichash.benchmarks.pictures.LinePicture;

/** A table for each phase; the latency against the number of documents, in Lucene and over HTTP. */
final class SearchReport implements Benchmark.Report {

  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("http", "One client over HTTP");
    TITLES.put("concurrent", "Many clients over HTTP");
    TITLES.put("indexing", "Searches while documents are written");
    TITLES.put("shards", "One shard, and twelve on three nodes");
    TITLES.put("large", "Ten million codes over HTTP, in ten segments and in one");
    TITLES.put("small-node", "A hundred million codes over HTTP, on a node with a heap of 4 GB");
    TITLES.put("jvm", "Lucene alone, top-k");
    TITLES.put("radius", "Lucene alone, within a radius");
    TITLES.put("filters", "Filters, deletions, segments, documents without a code");
    TITLES.put("memory", "Bytes and building of columns");
    TITLES.put("cancel", "Searches that are stopped");
  }

  private static final List<String> OVER_HTTP =
      List.of(
          "semantic-hash-k",
          "semantic-hash",
          "elasticsearch-bit-hnsw-100-query",
          "opensearch-lucene-hnsw-100",
          "elasticsearch-bit-flat",
          "elasticsearch-match-all");

  /** The rows that are printed above long tables. */
  private static final Map<String, Map<String, ?>> SUMMARIES =
      Map.of(
          "http", Map.of("documents", 1_000_000, "codes", "clustered"),
          "jvm",
              Map.of(
                  "documents",
                  10_000_000,
                  "bits",
                  128,
                  "codes",
                  "clustered",
                  "threads",
                  1,
                  "k",
                  10),
          "concurrent", Map.of("bits", 128),
          "large", Map.of("segments", 1),
          "radius", Map.of("documents", 10_000_000, "bits", 128, "codes", "clustered"));

  @Override
  public void write(Path folder, RowsFile recorded) throws IOException {
    Page page = new Page(recorded.header());
    TITLES.forEach(
        (phase, title) ->
            page.section(title, recorded.of(phase), SUMMARIES.getOrDefault(phase, Map.of())));
    page.write(folder.resolve("search.md"));
    growth(recorded.of("jvm")).write(folder.resolve("search.png"));
    overHttp(recorded).write(folder.resolve("search-growth.png"));
  }

  /** One client, one shard, one segment, clustered codes; the last point is of half the bits. */
  private static LinePicture overHttp(RowsFile recorded) {
    LinePicture picture =
        LinePicture.logarithmic(
            "Top-10 of one client over HTTP; 128 bits, the last point 64",
            "documents",
            "median, ms");
    List<Map<String, Object>> shown = new ArrayList<>();
    for (String phase : List.of("concurrent", "large", "small-node")) {
      recorded.of(phase).stream().filter(SearchReport::isGrowth).forEach(shown::add);
    }
    int item = 0;
    for (String contestant : OVER_HTTP) {
      List<Map<String, Object>> line =
          shown.stream().filter(row -> contestant.equals(row.get("contestant"))).toList();
      if (line.isEmpty() == false) {
        List<Double> documents = line.stream().map(row -> number(row, "documents")).toList();
        List<Double> millis = line.stream().map(row -> number(row, "p50_ms")).toList();
        picture.add(contestant, documents, millis, new LineLook(item, isFloor(contestant) ? 1 : 0));
      }
      item++;
    }
    bandwidth(recorded.of("jvm"))
        .ifPresent(
            millisPerDocument ->
                picture.add(
                    "reading all codes of 128 bits",
                    List.of(1e6, 1e8),
                    List.of(1e6 * millisPerDocument, 1e8 * millisPerDocument),
                    new LineLook(OVER_HTTP.size(), 3)));
    return picture;
  }

  private static boolean isGrowth(Map<String, Object> row) {
    return "clustered".equals(row.get("codes"))
        && row.get("p50_ms") != null
        && number(row, "clients") == 1
        && (row.get("segments") == null || number(row, "segments") == 1)
        && (number(row, "bits") == 128 || "small-node".equals(row.get("phase")));
  }

  /** Milliseconds to read one code of 128 bits with one thread, from the largest index. */
  private static Optional<Double> bandwidth(List<Map<String, Object>> rows) {
    return rows.stream()
        .filter(SearchReport::belongs)
        .filter(row -> "memory-bandwidth".equals(row.get("contestant")))
        .max(Comparator.comparingDouble(row -> number(row, "documents")))
        .map(row -> number(row, "p50_ms") / number(row, "documents"));
  }

  /** 128 bits, clustered, top-10, one thread. */
  private static LinePicture growth(List<Map<String, Object>> rows) {
    LinePicture picture =
        LinePicture.logarithmic(
            "Exact top-10 by Hamming distance, 128 bits, one thread", "documents", "median, ms");
    List<Map<String, Object>> shown = rows.stream().filter(SearchReport::belongs).toList();
    List<Object> contestants = shown.stream().map(row -> row.get("contestant")).distinct().toList();
    for (Object contestant : contestants) {
      List<Map<String, Object>> line =
          shown.stream().filter(row -> row.get("contestant").equals(contestant)).toList();
      picture.add(
          contestant.toString(),
          line.stream().map(row -> number(row, "documents")).toList(),
          line.stream().map(row -> number(row, "p50_ms")).toList(),
          new LineLook(contestants.indexOf(contestant), isFloor(contestant) ? 1 : 0));
    }
    return picture;
  }

  private static boolean belongs(Map<String, Object> row) {
    return "clustered".equals(row.get("codes"))
        && number(row, "bits") == 128
        && number(row, "k") == 10
        && number(row, "threads") == 1;
  }

  /** What it would cost at least, or does elsewhere: nothing of this project. */
  private static boolean isFloor(Object contestant) {
    return contestant.toString().startsWith("semantic-hash") == false;
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
