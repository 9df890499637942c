// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Two texts and the judgement whether they are near-duplicates.
 *
 * @param a a text
 * @param b another one
 * @param duplicate whether they are near-duplicates
 */
public record LabelledPair(String a, String b, boolean duplicate) {

  public LabelledPair {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
  }

  /**
   * A file with labelled pairs: a table .tsv with the header a, b, duplicate; everything else is
   * JSON lines with these fields. The label is yes or no, true or false, 1 or 0.
   */
  public record PairFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CSVFormat TABLE =
        CSVFormat.TDF.builder().setHeader().setSkipHeaderRecord(true).setQuote(null).get();

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it cannot be read, or naming the record that is not as
     *     it must be, or when it lacks pairs of either kind
     */
    public List<LabelledPair> read() {
      List<LabelledPair> pairs;
      try (BufferedReader reader = Files.newBufferedReader(path)) {
        pairs = path.toString().endsWith(".tsv") ? table(reader) : lines(reader);
      } catch (IOException | UncheckedIOException e) {
        throw new IllegalArgumentException(
            "pairs [" + path + "] cannot be read: " + e.getMessage(), e);
      }
      long duplicates = pairs.stream().filter(LabelledPair::duplicate).count();
      if (duplicates == 0 || duplicates == pairs.size()) {
        throw new IllegalArgumentException(
            "pairs ["
                + path
                + "] must have duplicates and others, got ["
                + duplicates
                + "] duplicates of ["
                + pairs.size()
                + "] pairs");
      }
      return pairs;
    }

    private List<LabelledPair> table(BufferedReader reader) throws IOException {
      List<LabelledPair> pairs = new ArrayList<>();
      try (var records = TABLE.parse(reader)) {
        for (CSVRecord row : records) {
          for (String column : List.of("a", "b", "duplicate")) {
            if (row.isSet(column) == false) {
              throw wrong(row.getRecordNumber(), "must have a column [" + column + "]");
            }
          }
          boolean duplicate = label(row.get("duplicate"), row.getRecordNumber());
          pairs.add(new LabelledPair(row.get("a"), row.get("b"), duplicate));
        }
      }
      return pairs;
    }

    private List<LabelledPair> lines(BufferedReader reader) throws IOException {
      List<LabelledPair> pairs = new ArrayList<>();
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank() == false) {
          pairs.add(pair(line, number));
        }
      }
      return pairs;
    }

    private LabelledPair pair(String line, int number) {
      try {
        JsonNode json = JSON.readTree(line);
        for (String field : List.of("a", "b")) {
          if (json.path(field).isTextual() == false) {
            throw wrong(number, "must have a text [" + field + "]");
          }
        }
        boolean duplicate = label(json.path("duplicate").asText(), number);
        return new LabelledPair(json.get("a").asText(), json.get("b").asText(), duplicate);
      } catch (JsonProcessingException e) {
        throw wrong(number, "must be JSON: " + e.getOriginalMessage());
      }
    }

    private boolean label(String label, long number) {
      return switch (label.strip().toLowerCase(Locale.ROOT)) {
        case "yes", "true", "1" -> true;
        case "no", "false", "0" -> false;
        default -> throw wrong(number, "[duplicate] must be yes or no, got [" + label + "]");
      };
    }

    private IllegalArgumentException wrong(long number, String rule) {
      return new IllegalArgumentException("[" + path + "] record [" + number + "]: " + rule);
    }
  }
}
