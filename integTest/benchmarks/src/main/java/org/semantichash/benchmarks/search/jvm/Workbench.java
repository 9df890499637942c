// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.lucene.search.Query;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.it.oracle.CodeSet;
import org.semantichash.search.HammingQuery;
import org.semantichash.search.NearestHammingQuery;
import org.semantichash.search.columns.ColumnSource;

/** One index of codes with its columns, and queries for it. */
final class Workbench implements AutoCloseable {

  static final CodeField FIELD = CodeField.plain(LuceneIndex.CODE);

  private final CodeSet codes;
  private final LuceneIndex index;
  private final HeldColumns columns;
  private HeldColumns clustered;

  private Workbench(CodeSet codes, LuceneIndex index) throws IOException {
    this.codes = codes;
    this.index = index;
    this.columns = new HeldColumns(index.reader(), codes.bits(), false);
  }

  /** Makes codes and indexes them below a folder. */
  static Workbench open(Path work, CodeSet.Kind kind, int bits, int documents, long seed)
      throws IOException {
    return open(work, CodeSet.make(kind, bits, documents, seed), IndexShape.PLAIN);
  }

  /** Indexes codes below a folder. */
  static Workbench open(Path work, CodeSet codes, IndexShape shape) throws IOException {
    return new Workbench(codes, LuceneIndex.build(work.resolve(shape.name()), codes, shape));
  }

  CodeSet codes() {
    return codes;
  }

  LuceneIndex index() {
    return index;
  }

  /** Without clusters, so that they are scanned. */
  HeldColumns columns() {
    return columns;
  }

  /** With clusters, built at the first call. */
  HeldColumns clustered() throws IOException {
    if (clustered == null) {
      clustered = new HeldColumns(index.reader(), codes.bits(), true);
    }
    return clustered;
  }

  /** Queries that read columns, or with {@link ColumnSource#NONE} doc values. */
  Query[] queries(long[][] words, int radius, ColumnSource source) {
    return each(words, code -> new HammingQuery(FIELD, code, radius, source));
  }

  /** Queries for all within a radius that may look chunks up. */
  Query[] chunkQueries(long[][] words, int radius) {
    return each(words, code -> new HammingQuery(FIELD.withChunks(), code, radius, columns));
  }

  /** Queries for the k nearest that scan, or look chunks up. */
  Query[] nearest(CodeField field, long[][] words, int k) {
    return nearest(field, words, k, columns);
  }

  /** Queries for the k nearest. */
  Query[] nearest(CodeField field, long[][] words, int k, ColumnSource source) {
    return each(words, code -> new NearestHammingQuery(field, code, k, code.bits(), source));
  }

  private static Query[] each(long[][] words, Function<BinaryCode, Query> query) {
    return Arrays.stream(words).map(CodeSet::code).map(query).toArray(Query[]::new);
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
