// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.corpus.StreamedCorpus;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.features.Split;
import org.semantichash.trainer.indexing.IndexTexts.Selection;
import org.semantichash.trainer.report.TextSample;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is learned from: a file, a folder or an index, and how its documents are split. */
final class TrainingInput {

  private static final String READING =
      "Ctrl-C: stopping; no text that was read is kept. A second Ctrl-C ends at once";

  @Parameters(
      paramLabel = "INPUT",
      arity = "0..1",
      description =
          "JSON lines, CSV or TSV (also .gz), or a folder with one folder of text files"
              + " per label.")
  private Path file;

  @Option(
      names = "--validation",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description =
          "The share of the documents that choose the best epoch and check the export."
              + " Default: ${DEFAULT-VALUE}")
  private double validationShare;

  @Option(
      names = "--test",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description =
          "The share of the documents that are held out and measured at the end."
              + " Default: ${DEFAULT-VALUE}")
  private double testShare;

  @Mixin private IndexArguments indexArguments;
  @Mixin private CorpusArguments corpusArguments;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /**
   * Texts as vectors.
   *
   * @param corpus where they are from
   * @param options how they became vectors
   * @param sample the beginnings of some; empty where no report is wanted
   * @param index what a model file keeps of the index that they are from; empty for a file
   */
  record TrainingTexts(
      StreamedCorpus corpus,
      FeatureOptions options,
      Features features,
      Optional<TextSample> sample,
      Map<String, String> index) {

    /** Where the model comes from, with the index. */
    Map<String, String> provenance(Map<String, String> model) {
      Map<String, String> all = new TreeMap<>(model);
      all.putAll(index);
      return all;
    }
  }

  /** Says how texts become vectors. */
  @FunctionalInterface
  interface FeatureChoice {
    FeatureOptions of(StreamedCorpus corpus);
  }

  /** The shares as the model file keeps them. */
  Map<String, String> toProperties() {
    return Map.of(
        "validation", Double.toString(validationShare), "test", Double.toString(testShare));
  }

  /**
   * Reads the texts and turns them into vectors.
   *
   * @param output the model file; texts of an index lie beside it for as long as this takes
   * @param options looks at the texts and says how they become vectors
   * @param sampled whether the beginnings of some texts are kept in memory
   */
  TrainingTexts read(
      Path output, long seed, FeatureChoice options, boolean sampled, Interruption interruption)
      throws IOException {
    if ((file == null) != indexArguments.isGiven()) {
      throw new IllegalArgumentException("either INPUT or [index] must be given");
    }
    if (file == null) {
      return readIndex(output, seed, options, sampled, interruption);
    }
    err().println("reading " + file);
    ReadingSpeed speed = new ReadingSpeed(err());
    return texts(corpusArguments.open(file, seed), seed, options, sampled, speed, Map.of());
  }

  private TrainingTexts readIndex(
      Path output, long seed, FeatureChoice options, boolean sampled, Interruption interruption)
      throws IOException {
    Selection selection = indexArguments.selection(corpusArguments.labelOfIndex(), seed);
    FileArguments.makeFolders(output);
    Path texts = output.resolveSibling("." + output.getFileName() + ".texts");
    interruption.deletes(texts);
    try {
      interruption.repliesWith(READING);
      Map<String, String> index = indexArguments.read(selection, texts, err(), interruption);
      interruption.endsWith(TrainCommand.NOTHING_YET);
      ReadingSpeed speed = new ReadingSpeed(err());
      return texts(corpusArguments.openTexts(texts, seed), seed, options, sampled, speed, index);
    } finally {
      Files.deleteIfExists(texts);
      interruption.deletes(null);
    }
  }

  private TrainingTexts texts(
      StreamedCorpus corpus,
      long seed,
      FeatureChoice choice,
      boolean sampled,
      ReadingSpeed speed,
      Map<String, String> index) {
    Split<Integer> split = Split.random(corpus.size(), validationShare, testShare, seed);
    FeatureOptions options = choice.of(corpus);
    Optional<TextSample> sample =
        sampled ? Optional.of(new TextSample(corpus, split)) : Optional.empty();
    DocumentSource source = sampled ? sample.get() : corpus;
    Features features = Features.of(source, split, options);
    speed.report(corpus);
    return new TrainingTexts(corpus, options, features, sample, index);
  }

  private PrintWriter err() {
    return mixee.commandLine().getErr();
  }

  /**
   * Says how fast the documents were read and turned into vectors, all passes together.
   *
   * @param start when that began, in nanoseconds
   */
  private record ReadingSpeed(PrintWriter err, long start) {

    ReadingSpeed(PrintWriter err) {
      this(err, System.nanoTime());
    }

    void report(StreamedCorpus corpus) {
      double seconds = (System.nanoTime() - start) / 1e9;
      err.printf(
          Locale.ROOT,
          "read %d of %d documents in %.1f s: %.0f documents/s, %.1f MB/s%n",
          corpus.size(),
          corpus.available(),
          seconds,
          corpus.available() / seconds,
          corpus.bytes() / 1e6 / seconds);
      err.flush();
    }
  }
}
