// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.IndexTexts;
import org.semantichash.trainer.indexing.IndexTexts.Selection;
import org.semantichash.trainer.indexing.IndexTexts.TextCounts;
import org.semantichash.trainer.indexing.TextField;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An index whose texts are read in place of a file. */
final class IndexArguments {

  /** What reading an index needs. */
  static final List<String> READ = List.of("read", "view_index_metadata");

  @Option(
      names = "--index",
      paramLabel = "INDEX",
      description =
          "Read the texts of this index, data stream, alias or pattern of a cluster instead of"
              + " INPUT.")
  private String index;

  @Option(
      names = "--field",
      paramLabel = "FIELD",
      description = "With --index: the field with the text, a string or an array of strings.")
  private String field;

  @Option(
      names = "--query",
      paramLabel = "FILE|JSON",
      description =
          "With --index: read only the documents that match this query, as JSON or a file with it.")
  private String query;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "100000",
      description = "With --index: the most documents, drawn at random. Default: ${DEFAULT-VALUE}")
  private int sample;

  @Mixin private ClusterArguments clusterArguments;

  boolean isGiven() {
    return index != null || field != null || query != null;
  }

  /** The name of the index in messages. */
  String index() {
    return index;
  }

  /**
   * The documents that are read.
   *
   * @param labelField the field with the labels, if they are wanted
   * @throws IllegalArgumentException when the index or the field is missing, or the query is none
   */
  Selection selection(Optional<String> labelField, long seed) {
    if (index == null || field == null) {
      throw new IllegalArgumentException(
          "[index] and [field] must be given together, to read texts from a cluster");
    }
    JsonNode selected =
        query == null ? Json.object(Map.of("match_all", Map.of())) : QueryArgument.parse(query);
    return new Selection(
        index, new FieldPath(field), labelField.map(FieldPath::new), selected, sample, seed);
  }

  /**
   * Reads the texts into a file, after a look at the privileges and the field.
   *
   * @return where the texts come from, as a model file keeps it
   */
  Map<String, String> read(
      Selection selection, Path file, PrintWriter err, Interruption interruption)
      throws IOException {
    try (HttpCluster cluster = clusterArguments.connect();
        Terminal.Progress progress = new Terminal.Progress(err, Terminal.isInteractive())) {
      new Privileges(List.of(), Map.of(selection.index(), READ)).require(cluster);
      new TextField(cluster, selection.text())
          .check(selection.index())
          .ifPresent(warning -> err.println("WARNING: " + warning));
      TextCounts counts =
          new IndexTexts(cluster, selection, progress, interruption::isRequested).writeTo(file);
      progress.end();
      err.println(
          "took the texts of ["
              + counts.written()
              + "] of ["
              + counts.matching()
              + "] documents of index ["
              + selection.index()
              + "]");
      return provenance(selection, counts);
    }
  }

  /** Without any text, and without the address and the user. */
  private static Map<String, String> provenance(Selection selection, TextCounts counts) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("index", selection.index());
    provenance.put("text_fields", selection.text().name());
    provenance.put(
        "label_field", selection.label().map(FieldPath::name).orElse(CorpusOptions.NO_LABELS));
    provenance.put("id_field", "_id");
    provenance.put("query", Json.line(selection.query()));
    provenance.put("index_documents", Long.toString(counts.matching()));
    provenance.put("max_documents", Integer.toString(selection.sample()));
    return provenance;
  }

  /** A query of Elasticsearch as an option gives it. */
  static final class QueryArgument {

    private QueryArgument() {}

    /**
     * The query.
     *
     * @param query JSON, or the name of a file with it
     * @throws IllegalArgumentException when it is no JSON object
     */
    static JsonNode parse(String query) {
      boolean inline = query.stripLeading().startsWith("{");
      try {
        return Json.parseObject("query", inline ? query : Files.readString(Path.of(query)));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "[query] must be a JSON object or a file with one, got [" + query + "]", e);
      }
    }
  }
}
