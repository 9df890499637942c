// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.semantichash.TextHasher;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.trainer.cli.SemanticHash;

/** The whole road, from a corpus to Hamming hits on a real node, with its numbers. */
public final class Demo {

  static final String MODEL = "glosses";
  private static final String BUILT_IN = "_near_duplicates_64";

  private static final int BITS = 64;
  private static final int EPOCHS = 6;

  private final Path repository;
  private final Path work;
  private final boolean keep;
  private final boolean record;
  private final Results results;

  private Demo(Path repository, boolean keep, boolean record) {
    this.repository = repository;
    this.work = repository.resolve("integTest/benchmarks/target/demo");
    this.keep = keep;
    this.record = record;
    this.results = new Results(repository);
  }

  /**
   * Arguments: the folder of the checkout, --keep to leave the node running, and --record to write
   * the figures into the results and the README.
   */
  public static void main(String[] args) throws IOException {
    List<String> all = List.of(args);
    Path repository = Path.of(args[0]).toAbsolutePath().normalize();
    new Demo(repository, all.contains("--keep"), all.contains("--record")).run();
  }

  private void run() throws IOException {
    Files.createDirectories(work);
    say("1. WordNet's noun glosses");
    List<Gloss> glosses = WordNet.shuffled(WordNet.nouns(), Options.SEED);
    Path corpus = GlossFile.write(glosses, work.resolve("glosses.jsonl"));
    System.out.printf(Locale.ROOT, "%,d glosses, for example:%n", glosses.size());
    glosses.subList(0, 3).forEach(g -> System.out.println("  " + g.label() + ": " + g.text()));
    Path file = train(corpus);
    EncoderModel model = EncoderModel.read(file);
    new EncoderSpeed(model, glosses).measure(results);
    try (TextHasher hasher = TextHasher.open(model);
        TextHasher projector =
            TextHasher.open(EncoderModel.read(BuiltInModel.of(BUILT_IN).orElseThrow().file()))) {
      say("3. A real Elasticsearch node with the plugin");
      try (Cluster cluster = Cluster.prepare("demo", 1, Distribution.ofBuild())) {
        cluster.putModel(MODEL, file);
        cluster.startNodes();
        System.out.println("running at " + cluster.address());
        search(cluster, glosses, hasher);
        nearDuplicates(cluster, glosses, projector);
        measure(cluster, glosses, hasher);
        finish(cluster);
      }
    }
  }

  private Path train(Path corpus) throws IOException {
    say("2. Train a " + BITS + "-bit model");
    Path file = work.resolve(MODEL + ".onnx");
    long start = System.nanoTime();
    train(corpus, file, "--epochs=" + EPOCHS, "--choose-by=labels");
    double seconds = (System.nanoTime() - start) / 1e9;
    EncoderModel model = EncoderModel.read(file);
    var provenance = model.metadata().provenance();
    results.add(
        "training, reading and export included",
        "documents",
        Long.valueOf(provenance.get("training_documents")),
        "bits",
        (long) BITS,
        "seconds",
        seconds,
        "model_size_bytes",
        model.sizeInBytes());
    results.add(
        "held-out glosses, same lexicographer file",
        "queries",
        Long.valueOf(provenance.get("test.queries")),
        "precision_at_100",
        Double.valueOf(provenance.get("test.precision")),
        "precision_at_100_exact_tf_idf_cosine",
        Double.valueOf(provenance.get("test.precision_tf_idf_cosine")),
        "precision_at_100_chance",
        Double.valueOf(provenance.get("test.precision_chance")));
    return file;
  }

  private static void train(Path corpus, Path file, String... more) {
    Summary output = new Summary();
    List<String> arguments =
        new ArrayList<>(List.of("train", corpus.toString(), "--output=" + file));
    arguments.addAll(List.of("--bits=" + BITS, "--seed=" + Options.SEED));
    arguments.addAll(List.of(more));
    PrintWriter reports = new PrintWriter(output, true);
    int code = SemanticHash.run(reports, reports, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("training ended with exit code [" + code + "]:\n" + output);
    }
  }

  private void search(Cluster cluster, List<Gloss> glosses, TextHasher hasher) throws IOException {
    say("4. Index all glosses through the pipeline");
    GlossIndex.putPipeline(cluster.http(), MODEL);
    GlossIndex hashed = new GlossIndex(cluster.http(), "glosses");
    hashed.create(MODEL, BITS, 1, 0);
    GlossIndex plain = new GlossIndex(cluster.http(), "glosses-not-hashed");
    plain.create(MODEL, BITS, 1, 0);
    new BulkSpeed(hashed, plain, glosses).measure(results);
    say("5. Search; every hit list is compared with brute force");
    HashedGlosses table = new HashedGlosses(glosses, hasher);
    Showcase showcase = new Showcase(hashed, table);
    showcase.neighbours();
  }

  /** With the model of the plugin, which tells copies from texts that are about the same. */
  private static void nearDuplicates(Cluster cluster, List<Gloss> glosses, TextHasher projector)
      throws IOException {
    say("6. Near-duplicates, by the model that comes with the plugin");
    GlossIndex.putPipeline(cluster.http(), BUILT_IN);
    GlossIndex index = new GlossIndex(cluster.http(), "glosses-near-duplicates");
    index.create(BUILT_IN, BITS, 1, 0);
    index.bulk(glosses, BUILT_IN);
    new Showcase(index, new HashedGlosses(glosses, projector)).nearDuplicates();
  }

  private void measure(Cluster cluster, List<Gloss> glosses, TextHasher hasher) throws IOException {
    say("7. Measure");
    GlossIndex hashed = new GlossIndex(cluster.http(), "glosses");
    new QueryLatency(hashed, new HashedGlosses(glosses, hasher)).measure(results);
  }

  private void finish(Cluster cluster) throws IOException {
    Path folder = record ? repository.resolve("integTest/benchmarks/results") : work;
    results.write(folder);
    if (record) {
      results.insertInto(repository.resolve("README.md"));
    }
    System.out.print(results.lines());
    System.out.println("written to " + folder.resolve("demo.md") + " and demo.json");
    if (keep) {
      new KeptNode(cluster).waitForEnd();
    }
  }

  private static void say(String title) {
    System.out.println();
    System.out.println("== " + title);
  }

  /** Prints what a reader of the demo wants to know of the training; keeps the whole report. */
  private static final class Summary extends Writer {

    private static final Pattern SHOWN =
        Pattern.compile("(read \\d|epoch \\d+: |trained |in integers|wrote \\S+\\.(onnx|html)).*");

    private final StringBuilder all = new StringBuilder();
    private int start; // of the line that has not ended yet

    @Override
    public void write(char[] text, int from, int length) {
      all.append(text, from, length);
      for (int end = all.indexOf("\n", start); end >= 0; end = all.indexOf("\n", start)) {
        String line = all.substring(start, end);
        if (SHOWN.matcher(line).matches()) {
          System.out.println(line);
        }
        start = end + 1;
      }
    }

    @Override
    public String toString() {
      return all.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
