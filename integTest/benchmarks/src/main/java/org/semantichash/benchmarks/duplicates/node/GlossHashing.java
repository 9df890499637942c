// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.TrainedModel;
import org.semantichash.trainer.cli.SemanticHash;

/** A model on a node, the command that hashes an index with it, and what its codes must be. */
final class GlossHashing {

  private static final String MODEL = "glosses";
  private static final int BITS = 64;
  private static final int TRAINED_ON = 20_000;
  private static final int SAMPLE = 200;

  /** A sample with fewer different codes would prove nothing. */
  private static final int DIFFERENT = SAMPLE / 10;

  /** Speed is measured, not quality: a network of the usual size that has learnt little. */
  private static final List<String> TRAINING =
      List.of(
          "--epochs=3",
          "--batch-size=25",
          "--learning-rate=0.01",
          "--option=kl_warmup=4000",
          "--seed=1");

  private final NumberedGlosses glosses;
  private final String address;
  private final TrainedModel model;

  /** Trains the model and uploads it. */
  GlossHashing(NumberedGlosses glosses, String address, Path work) throws IOException {
    this.glosses = glosses;
    this.address = address;
    Path texts = GlossFile.write(glosses.first(TRAINED_ON), work.resolve("glosses.jsonl"));
    this.model = TrainedModel.train(texts, work.resolve("glosses.onnx"), BITS, TRAINING);
    run(List.of("upload", model.file().toString(), "--id", MODEL, "--replace", "--yes"));
  }

  /**
   * Hashes an index with the command [hash-index].
   *
   * @param more options of the command
   * @return how many documents it has written
   */
  int hash(String index, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "hash-index",
                "--index",
                index,
                "--field",
                "text",
                "--model",
                MODEL,
                "--json",
                "--empty=hash"));
    arguments.addAll(List.of(more));
    return Http.JSON.readTree(run(arguments)).path("written").asInt();
  }

  private String run(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--url", address));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        SemanticHash.run(
            new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException(arguments + " ended with [" + status + "]: " + out + err);
    }
    return out.toString();
  }

  /** Whether a sample of documents has their texts and the codes that are computed here. */
  boolean hasCodes(OrdinalIndex index, int documents, long seed) throws IOException {
    int[] sample = new SplittableRandom(seed).ints(SAMPLE, 0, documents).toArray();
    List<JsonNode> sources = index.sources(sample);
    boolean equal = sources.size() == SAMPLE;
    Set<BinaryCode> different = new HashSet<>();
    try (TextHasher hasher = TextHasher.open(EncoderModel.read(model.file()))) {
      for (int i = 0; i < SAMPLE; i++) {
        String text = glosses.text(sample[i]);
        BinaryCode code = StampedCode.parse(sources.get(i).path("code").asText(), BITS).code();
        equal &= text.equals(sources.get(i).path("text").asText());
        equal &= hasher.hash(text).code().equals(code);
        different.add(code);
      }
    }
    if (different.size() < DIFFERENT) {
      throw new IllegalStateException(
          "the model must tell texts apart: at least ["
              + DIFFERENT
              + "] codes of ["
              + SAMPLE
              + "] texts, got ["
              + different.size()
              + "]");
    }
    return equal;
  }
}
