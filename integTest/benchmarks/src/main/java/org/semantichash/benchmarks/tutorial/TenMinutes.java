// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.tutorial;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;
import org.semantichash.trainer.cli.SemanticHash;

/**
 * Does what the tutorial says on a secured node, as the user with its role, and takes the time of
 * every step. Downloads, the build and the installation of the plugin are not counted. The only
 * JSON that is written by hand are the two queries.
 *
 * <p>Property [documents] (20,000): how many of WordNet's noun glosses are the texts.
 */
public final class TenMinutes {

  private static final String NAME = "ten-minutes";
  private static final String COMMAND = "mvn -Pten-minutes verify";
  private static final int FULL = 20_000;
  private static final String INDEX = "news";
  private static final String USER = "news-setup";
  private static final Pattern ROLE =
      Pattern.compile("(?s)PUT _security/role/" + USER + "\n(.*?)\n\n");

  /** How a line of setup begins that says something of a step. */
  private static final Pattern STEP = Pattern.compile("\\d+/\\d+ ([a-z]+): .*");

  private static final String BY_TEXT =
      "{ \"query\": { \"hamming\": { \"field\": \"code\", \"text\": \"a small bird that sings\" } } }";
  private static final String BY_DOCUMENT =
      "{ \"query\": { \"hamming\": { \"field\": \"code\","
          + " \"like\": { \"_index\": \"news\", \"_id\": \"42\" } } } }";

  private final Options options;
  private final int documents;
  private final Path work;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private TenMinutes(Options options) {
    this.options = options;
    this.documents = options.integer("documents", FULL);
    this.work = options.work(NAME);
  }

  /** Argument: the folder of the checkout. */
  public static void main(String[] args) throws IOException {
    run(Options.of(args[0]), Distribution.ofBuild());
  }

  /** Runs; the rows that were recorded. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    return new TenMinutes(options).run(distribution);
  }

  private List<Map<String, Object>> run(Distribution distribution) throws IOException {
    Files.createDirectories(work);
    Files.deleteIfExists(work.resolve("news.onnx"));
    Path texts = writeTexts();
    String guide = Files.readString(options.repository().resolve("plugin/docs/tutorial.md"));
    Matcher role = ROLE.matcher(guide);
    if (role.find() == false) {
      throw new IllegalStateException("the tutorial must show the role [" + USER + "]");
    }
    long start = System.nanoTime();
    try (Cluster cluster = Cluster.startSecured(NAME, distribution, Map.of(USER, role.group(1)));
        Http http = cluster.as(USER)) {
      take("start of the node", start);
      command(cluster, "load texts", "bulk", texts.toString(), "--index", INDEX);
      setup(cluster);
      search(http, "first query, by text", BY_TEXT);
      search(http, "first query, by document", BY_DOCUMENT);
      command(
          cluster,
          "near-duplicates of the index, with report",
          "near-duplicates",
          "--index=" + INDEX,
          "--field=code",
          "--verify=text",
          "--report=" + work.resolve("report.html"));
    }
    return record();
  }

  private Path writeTexts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Gloss gloss : WordNet.shuffled(WordNet.nouns(), Options.SEED).subList(0, documents)) {
      String id = lines.isEmpty() ? "42" : gloss.id();
      lines.add(Http.JSON.writeValueAsString(Map.of("id", id, "text", gloss.text())));
    }
    return Files.write(work.resolve("news.jsonl"), lines);
  }

  private void take(String step, long start) {
    seconds.merge(step, (System.nanoTime() - start) / 1e9, Double::sum);
    System.out.println(step + ": " + seconds.get(step) + " s");
  }

  private void command(Cluster cluster, String step, String... arguments) {
    long start = System.nanoTime();
    run(cluster, new PrintWriter(new StringWriter()), arguments);
    take(step, start);
  }

  private void setup(Cluster cluster) {
    StepClock clock = new StepClock();
    run(
        cluster,
        new PrintWriter(clock, true),
        "setup",
        "--index",
        INDEX,
        "--field",
        "text",
        "--output",
        work.resolve("news.onnx").toString());
    clock.end();
  }

  private static void run(Cluster cluster, PrintWriter out, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url=" + cluster.address());
    all.add("--user=" + USER + ":" + Security.PASSWORD);
    all.add("--ca=" + cluster.security().certificate());
    StringWriter err = new StringWriter();
    int code = SemanticHash.run(out, new PrintWriter(err), all.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(all.get(0) + " ended with [" + code + "]: " + err);
    }
  }

  private void search(Http http, String step, String body) throws IOException {
    long start = System.nanoTime();
    int hits = http.post("/" + INDEX + "/_search", body).ok().body().at("/hits/hits").size();
    take(step, start);
    if (hits != 10) {
      throw new IllegalStateException("[" + step + "] must have [10] hits, got [" + hits + "]");
    }
  }

  private List<Map<String, Object>> record() throws IOException {
    double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    seconds.put("total", total);
    List<Map<String, Object>> rows = new ArrayList<>();
    seconds.forEach((step, value) -> rows.add(row(step, value)));
    Map<String, Object> header =
        new LinkedHashMap<>(Machine.describe(COMMAND, options.repository(), Options.SEED));
    header.put("documents", documents);
    Path results = options.results(documents == FULL, NAME);
    new RowsFile(header, rows).write(results.resolve(NAME + ".json"));
    draw(results);
    System.out.println("total: " + total + " s, written to " + results);
    return rows;
  }

  private static Map<String, Object> row(String step, double value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("step", step);
    row.put("seconds", value);
    return row;
  }

  /** Draws the page of the recorded rows. */
  public static void draw(Path results) throws IOException {
    RowsFile recorded = RowsFile.read(results.resolve(NAME + ".json"));
    Page page = new Page(recorded.header());
    page.paragraph(
        "The [tutorial](../../../plugin/docs/tutorial.md) on a secured node with "
            + recorded.header().get("documents")
            + " WordNet glosses, as the user with its role: seconds per step. Downloads, build and"
            + " installation are not counted.");
    List<List<Object>> cells = new ArrayList<>();
    recorded.rows().forEach(row -> cells.add(List.of(row.get("step"), row.get("seconds"))));
    page.table(List.of("step", "seconds"), cells, List.of());
    page.write(results.resolve(NAME + ".md"));
  }

  /** Hears the lines of setup, and takes the time from the first of a step to that of the next. */
  private final class StepClock extends Writer {

    private final StringBuilder line = new StringBuilder();
    private String step;
    private long start = System.nanoTime();

    @Override
    public void write(char[] text, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (text[i] == '\n') {
          Matcher said = STEP.matcher(line);
          if (said.matches()) {
            begins("setup: " + said.group(1));
          }
          System.out.println(line);
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    private void begins(String name) {
      if (name.equals(step)) {
        return;
      }
      if (step != null) { // what comes before the first step belongs to it
        take(step, start);
        start = System.nanoTime();
      }
      step = name;
    }

    void end() {
      take(step, start);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
