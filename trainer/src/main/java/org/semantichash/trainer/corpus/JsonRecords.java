// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.InputFile;
import org.semantichash.trainer.corpus.CorpusInput.RecordPosition;

/** The records of a file of JSON lines, plain or gzip; blank lines are passed over. */
public final class JsonRecords {

  /** Refuses a second object on a line and a duplicate field: nothing is dropped. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonRecords() {}

  /** Takes the records one by one. */
  @FunctionalInterface
  public interface RecordSink {

    /**
     * Takes a record.
     *
     * @param line as it is in the file
     * @param number of the line, from 1
     */
    void accept(ObjectNode record, String line, int number);
  }

  /**
   * Hands every record to the sink.
   *
   * @throws IllegalArgumentException naming file and line, when a line is no JSON object
   */
  public static void forEach(Path file, RecordSink sink) throws IOException {
    read(file, StandardCharsets.UTF_8, sink);
  }

  static InputDigest read(Path input, Charset encoding, RecordSink sink) throws IOException {
    try (InputFile file = new InputFile(input, encoding)) {
      int number = 0;
      String line;
      while ((line = line(file, number + 1)) != null) {
        number++;
        if (line.isBlank() == false) {
          sink.accept(parse(line, new RecordPosition(input, "line", number)), line, number);
        }
      }
      return file.digest();
    }
  }

  private static String line(InputFile file, int number) {
    try {
      return file.text().readLine();
    } catch (IOException e) {
      throw file.broken("line [" + number + "]", e);
    }
  }

  private static ObjectNode parse(String line, RecordPosition place) {
    JsonNode record;
    try {
      record = JSON.readTree(line);
    } catch (MismatchedInputException e) { // the parser read a value, and then more
      throw new IllegalArgumentException(place + " must be a JSON object and nothing after it", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          place + " must be a JSON object: " + e.getOriginalMessage(), e);
    }
    if (record instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        place + " must be a JSON object, got [" + record.getNodeType() + "]");
  }
}
