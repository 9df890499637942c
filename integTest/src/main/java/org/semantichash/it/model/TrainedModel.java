// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.trainer.cli.SemanticHash;

/**
 * A model file.
 *
 * @param file the file
 * @param bits the width of its codes
 */
public record TrainedModel(Path file, int bits) {

  /**
   * Trains a model; progress goes to standard error.
   *
   * @param input JSON lines
   * @param options further options of the command [train]
   */
  public static TrainedModel train(Path input, Path output, int bits, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", input.toString(), "-o", output.toString(), "--bits", "" + bits));
    arguments.addAll(options);
    int code = SemanticHash.run(arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(arguments + " ended with exit code [" + code + "]");
    }
    return new TrainedModel(output, bits);
  }

  /** Runs a verb and gives what it prints. */
  private static String print(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    run(new PrintWriter(out), err, List.of(arguments));
    return out.toString();
  }

  /**
   * Runs a verb of the command line.
   *
   * @throws IllegalStateException when it fails
   */
  public static void run(PrintWriter out, PrintWriter err, List<String> arguments) {
    int code = SemanticHash.run(out, err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(arguments + " ended with exit code [" + code + "]");
    }
  }

  /**
   * The codes that the command [encode] gives.
   *
   * @param work where the texts are written for it
   */
  public CodeTable encode(List<Gloss> glosses, Path work) throws IOException {
    Path texts = GlossFile.write(glosses, work.resolve("to-encode.jsonl"));
    Map<String, BinaryCode> codes = new LinkedHashMap<>();
    for (String line : print("encode", file.toString(), texts.toString()).lines().toList()) {
      JsonNode encoded = Http.JSON.readTree(line);
      codes.put(
          encoded.path("id").asText(), BinaryCode.fromHex(encoded.path("code").asText(), bits));
    }
    if (codes.size() != glosses.size()) {
      throw new IllegalStateException(
          "[encode] must print [" + glosses.size() + "] codes, got [" + codes.size() + "]");
    }
    return new CodeTable(codes);
  }

  /** What the command [evaluate] measures. */
  public JsonNode evaluate(Path queries, Path database) throws IOException {
    return Http.JSON.readTree(
        print(
            "evaluate",
            file.toString(),
            queries.toString(),
            "--database",
            database.toString(),
            "--json"));
  }
}
