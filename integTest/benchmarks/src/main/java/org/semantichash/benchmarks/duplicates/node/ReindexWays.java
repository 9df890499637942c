// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.DuplicatesScale;

/** The ways from an index without codes to another one, tried in turn on one node. */
final class ReindexWays {

  static final int SLICES = 2;
  static final int BATCH = 500;
  static final String PLAIN = "plain re-index";

  private static final String IN_PLACE = "hash-index";
  private static final String INTO = "hash-index --into";
  private static final int SHARDS = 1;
  private static final int WARM_UP = 20_000;
  private static final int WARM_UP_SHARE = 5;
  private static final Map<String, ?> FIELDS = Map.of("text", Map.of("type", "text"));

  private final MeasuredNode node;
  private final GlossHashing hashing;
  private final OrdinalIndex source;
  private final int documents;
  private final long seed;

  /**
   * The result of a way.
   *
   * @param way its name
   * @param seconds it took, until all could be found
   * @param countEqual whether there are as many documents as in the source
   * @param codesEqual whether a sample has the right codes; [-] where there need not be any
   */
  record ReindexResult(String way, double seconds, boolean countEqual, Object codesEqual) {}

  /** A call that is timed. */
  private interface TimedCall {
    void run() throws IOException;
  }

  private ReindexWays(
      MeasuredNode node, GlossHashing hashing, OrdinalIndex source, int documents, long seed) {
    this.node = node;
    this.hashing = hashing;
    this.source = source;
    this.documents = documents;
    this.seed = seed;
  }

  /** Trains and fills, and goes all ways once with few documents. */
  static ReindexWays prepare(DuplicatesScale scale, MeasuredNode node) throws IOException {
    NumberedGlosses glosses = new NumberedGlosses(scale.seed());
    System.out.println("     training");
    GlossHashing hashing = new GlossHashing(glosses, node.address(), scale.work());
    System.out.println("     warming up");
    int few = Math.min(WARM_UP, scale.nodeDocuments() / WARM_UP_SHARE);
    ReindexWays small = filled("warm-up", glosses, hashing, node, few, scale.seed());
    small.round(1);
    small.source.delete();
    System.out.println("     filling");
    return filled("glosses", glosses, hashing, node, scale.nodeDocuments(), scale.seed());
  }

  private static ReindexWays filled(
      String name,
      NumberedGlosses glosses,
      GlossHashing hashing,
      MeasuredNode node,
      int documents,
      long seed)
      throws IOException {
    OrdinalIndex source = new OrdinalIndex(node.http(), name);
    source.create(SHARDS, FIELDS);
    source.fill(documents, glosses::source);
    return new ReindexWays(node, hashing, source, documents, seed);
  }

  /** Each way once: the two copies in an order that changes, then the plain copy in place. */
  List<ReindexResult> round(int number) throws IOException {
    OrdinalIndex plain = new OrdinalIndex(node.http(), source.name() + "-plain");
    OrdinalIndex hashed = new OrdinalIndex(node.http(), source.name() + "-hashed");
    List<ReindexResult> ended = new ArrayList<>();
    if (number % 2 == 0) {
      ended.add(into(hashed));
    }
    plain.create(SHARDS, FIELDS);
    PlainReindex client = new PlainReindex(node.address(), SLICES, BATCH);
    ended.add(time(PLAIN, plain, () -> client.run(source.name(), plain.name())));
    if (number % 2 == 1) {
      ended.add(into(hashed));
    }
    ended.add(
        time(IN_PLACE, plain, () -> requireAll(hashing.hash(plain.name(), options()), plain)));
    plain.delete();
    hashed.delete();
    return ended;
  }

  private ReindexResult into(OrdinalIndex hashed) throws IOException {
    return time(
        INTO,
        hashed,
        () -> requireAll(hashing.hash(source.name(), options("--into", hashed.name())), hashed));
  }

  private static String[] options(String... more) {
    List<String> options = new ArrayList<>(List.of("--slices", "" + SLICES, "--batch", "" + BATCH));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  private void requireAll(int written, OrdinalIndex index) {
    if (written != documents) {
      throw new IllegalStateException(
          "[hash-index] must write ["
              + documents
              + "] documents of ["
              + index.name()
              + "], got ["
              + written
              + "]");
    }
  }

  private ReindexResult time(String way, OrdinalIndex result, TimedCall work) throws IOException {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "     %s: %.1f s%n", way, seconds);
    result.settle();
    Object codes = way.equals(PLAIN) ? "-" : hashing.hasCodes(result, documents, seed);
    return new ReindexResult(way, seconds, result.count() == documents, codes);
  }
}
