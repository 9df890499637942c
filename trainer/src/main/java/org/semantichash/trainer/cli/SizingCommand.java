// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.semantichash.hash.BinaryCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a cluster needs for so many codes, by the formulas of the guide. */
@Command(
    name = "sizing",
    mixinStandardHelpOptions = true,
    description = {
      "Estimate nodes, heap, disk and the time of a search for a number of codes.",
      "It assumes that every search scans all codes: those that look clusters or chunks up are"
          + " faster."
    })
final class SizingCommand implements Callable<Integer> {

  /** What columns may take of the heap unless [semantic_hash.columns.max_memory] is changed. */
  private static final double COLUMNS_SHARE = 0.3;

  /** Of the processors: the rest is for everything but scans. */
  private static final double BUSY_SHARE = 0.5;

  private static final long MOST_PER_SHARD = 50_000_000;
  private static final double GIGABYTE = 1e9;

  @Option(
      names = "--documents",
      required = true,
      paramLabel = "N",
      description = "Documents with a code; 1e9 and such is understood.")
  private double documents;

  @Option(
      names = "--bits",
      defaultValue = "64",
      description = "The width of the codes: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(names = "--replicas", defaultValue = "1", description = "Replicas: ${DEFAULT-VALUE}.")
  private int replicas;

  @Option(
      names = "--queries",
      defaultValue = "1",
      paramLabel = "N",
      description = "Searches a second: ${DEFAULT-VALUE}.")
  private double queries;

  @Option(names = "--cores", defaultValue = "8", description = "Cores of a node: ${DEFAULT-VALUE}.")
  private int cores;

  @Option(
      names = "--heap",
      defaultValue = "16",
      paramLabel = "GB",
      description = "The heap of a node: ${DEFAULT-VALUE}.")
  private double heap;

  @Option(
      names = "--bandwidth",
      defaultValue = "10",
      paramLabel = "GB/S",
      description = "What one core reads while its neighbours read too: ${DEFAULT-VALUE}.")
  private double bandwidth;

  @Option(names = "--multi-index-hashing", description = "The field has [multi_index_hashing].")
  private boolean multiIndexHashing;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    atLeast("documents", documents, 1);
    atLeast("bits", bits, BinaryCode.MIN_BITS);
    atLeast("replicas", replicas, 0);
    atLeast("queries", queries, 0);
    atLeast("cores", cores, 1);
    atLeast("heap", heap, 0.5);
    atLeast("bandwidth", bandwidth, 0.1);
    print(spec.commandLine().getOut());
    return 0;
  }

  private static void atLeast(String option, double value, double least) {
    if (value >= least == false) {
      throw new IllegalArgumentException(
          "[" + option + "] must be at least [" + text(least) + "], got [" + text(value) + "]");
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private void print(PrintWriter out) {
    int copies = replicas + 1;
    double columnBytes = documents * Long.BYTES * Math.ceilDiv(bits, Long.SIZE);
    double diskBytes = documents * (BinaryCode.byteLength(bits) + chunkBytes());
    double scanSeconds = columnBytes / (bandwidth * GIGABYTE);
    long byMemory = ceil(columnBytes * copies / (COLUMNS_SHARE * heap * GIGABYTE));
    long byCores = ceil(queries * scanSeconds / (BUSY_SHARE * cores));
    long nodes = Math.max(copies, Math.max(byMemory, byCores));
    long shards = Math.max(ceil(documents / MOST_PER_SHARD), Math.ceilDiv(nodes, copies));
    long inTurn = Math.ceilDiv(Math.ceilDiv(shards, nodes), cores);
    line(out, "codes on disk, all copies", gigabytes(diskBytes * copies));
    line(out, "columns in the heaps, all copies", gigabytes(columnBytes * copies));
    line(out, "primary shards", Long.toString(shards));
    line(out, "one search reads", gigabytes(columnBytes));
    line(out, "processor time of a search", milliseconds(scanSeconds));
    line(
        out,
        "time of a search when nothing else runs",
        milliseconds(inTurn * scanSeconds / shards));
    line(out, "nodes for the heap", Long.toString(byMemory));
    line(out, "nodes for the searches", Long.toString(byCores));
    line(out, "nodes", Long.toString(nodes));
  }

  /** Index terms of 16 bits: their postings take about three bytes each. */
  private int chunkBytes() {
    return multiIndexHashing ? 3 * Math.ceilDiv(bits, Short.SIZE) : 0;
  }

  private static long ceil(double value) {
    return (long) Math.ceil(value);
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%,.1f GB", bytes / GIGABYTE);
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f ms", 1000 * seconds);
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "%-40s %12s%n", name, value);
  }
}
