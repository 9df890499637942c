// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.corpus.Corpus.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description =
        "Print one JSON line per text with id, code (hexadecimal) and known_terms. 0 known"
            + " terms mean the empty code, which says nothing about the text.")
final class EncodeCommand implements Callable<Integer> {

  private static final long SAMPLE_SEED = 1;

  @Parameters(index = "0", paramLabel = "MODEL", description = FileArguments.MODEL)
  private Path modelFile;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INPUT",
      description = "Documents, as for train; - reads one text per line from standard input.")
  private Path input;

  @Option(names = "--text", paramLabel = "TEXT", description = "A text; may be repeated.")
  private List<String> texts = List.of();

  @Mixin private CorpusArguments corpusArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if ((input == null) == texts.isEmpty()) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "give either INPUT or --text");
    }
    EncoderModel model = FileArguments.readModel(modelFile);
    List<Document> documents = documents();
    try (TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(model.metadata().goldenTexts());
      documents.parallelStream()
          .map(document -> line(document, hasher.hash(document.text())))
          .forEachOrdered(spec.commandLine().getOut()::println);
    }
    return 0;
  }

  private static String line(Document document, HashedText hashed) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", document.id());
    values.put("code", hashed.code().toHex());
    values.put("known_terms", hashed.knownTerms());
    return Json.line(values);
  }

  private List<Document> documents() {
    if (input == null) {
      return numbered(texts);
    }
    return input.toString().equals("-")
        ? numbered(standardInput())
        : corpusArguments.readTexts(input, SAMPLE_SEED).documents();
  }

  private static List<Document> numbered(List<String> lines) {
    List<Document> documents = new ArrayList<>();
    for (String line : lines) {
      documents.add(new Document("" + (documents.size() + 1), line, List.of()));
    }
    return documents;
  }

  private static List<String> standardInput() {
    try {
      return Utf8Lines.read(System.in);
    } catch (IOException e) {
      throw new IllegalArgumentException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** The lines of standard input, which must be UTF-8: a replaced character is another text. */
  static final class Utf8Lines {

    private Utf8Lines() {}

    /**
     * All lines, without their ends, LF or CR LF.
     *
     * @throws IllegalArgumentException naming the first line that is not UTF-8
     */
    static List<String> read(InputStream input) throws IOException {
      InputStream bytes = new BufferedInputStream(input);
      List<String> lines = new ArrayList<>();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = bytes.read(); b >= 0; b = bytes.read()) {
        if (b == '\n') {
          lines.add(text(line, lines.size() + 1));
          line.reset();
        } else {
          line.write(b);
        }
      }
      if (line.size() > 0) {
        lines.add(text(line, lines.size() + 1));
      }
      return lines;
    }

    private static String text(ByteArrayOutputStream line, int number) {
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.toByteArray()))
                .toString();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "line [" + number + "] of standard input must be UTF-8 text", e);
      }
    }
  }
}
