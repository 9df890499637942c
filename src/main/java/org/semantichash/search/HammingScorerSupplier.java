// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.semantichash.search.chunks.ChunkLookup;
import org.semantichash.search.columns.WordColumns;

/** Chooses, for one segment, the cheapest way to find what the query matches. */
final class HammingScorerSupplier extends ScorerSupplier {

  private final HammingWeight weight;
  private final HammingQuery query;
  private final LeafReader segment;
  private final BinaryDocValues codes;
  private final ScoreMode scoreMode;
  private final DistanceScores scores;
  private RadiusLookup chunks; // null as long as the chunk terms cost more than something else

  HammingScorerSupplier(HammingWeight weight, LeafReader segment, BinaryDocValues codes)
      throws IOException {
    this.weight = weight;
    this.query = weight.query();
    this.segment = segment;
    this.codes = codes;
    this.scoreMode = weight.scoreMode();
    this.scores = weight.scores();
    this.chunks = chunksWithin(costs().columns(codes.cost(), words()));
  }

  @Override
  public Scorer get(long leadCost) throws IOException {
    if (scoreMode.needsScores() == false && everyValueMatches()) {
      weight.searches(SearchPath.EXISTS);
      return new ConstantScoreScorer(0f, scoreMode, codes);
    }
    if (chunks != null && chunksBeatLookups(leadCost)) {
      return chunkScorer();
    }
    boolean few = query.tuning().access().looksUp(leadCost, codes.cost());
    WordColumns columns = few ? columnsIfBuilt() : columns();
    if (columns == null) {
      return few == false && chunksBeatDocValues() ? chunkScorer() : docValuesScorer();
    }
    weight.searches(few ? SearchPath.COLUMN_LOOKUP : SearchPath.COLUMN_SCAN);
    return few ? lookupScorer(columns) : scanScorer(columns);
  }

  @Override
  public BulkScorer bulkScorer() throws IOException {
    // Only these two modes visit every match; others may come with a way to skip documents.
    boolean everyMatch = scoreMode == ScoreMode.TOP_SCORES || scoreMode == ScoreMode.COMPLETE;
    if (everyMatch && chunks == null && columns() == null && chunksBeatDocValues() == false) {
      return new DocValuesBulkScorer(docValuesScorer(), codes);
    }
    return super.bulkScorer();
  }

  @Override
  public long cost() {
    return chunks == null ? codes.cost() : Math.min(chunks.documents(), codes.cost());
  }

  private SearchCosts costs() {
    return query.tuning().costs();
  }

  private int words() {
    return WordColumns.wordCount(query.code().bits());
  }

  private RadiusLookup chunksWithin(long budget) throws IOException {
    int radius = query.maxDistance();
    ChunkLookup lookup =
        radius == query.code().bits()
            ? null
            : ChunkLookup.of(segment, query.field(), codes, query.code());
    return lookup == null ? null : RadiusLookup.within(lookup, radius, costs(), budget);
  }

  /** When nothing else leaves fewer documents, the lead is this query because of its chunks. */
  private boolean chunksBeatLookups(long leadCost) {
    return leadCost >= chunks.documents()
        || chunks.cost() <= costs().columnLookups(leadCost, words());
  }

  private boolean chunksBeatDocValues() throws IOException {
    if (chunks == null) {
      chunks = chunksWithin(costs().docValues(codes.cost(), words()));
    }
    return chunks != null;
  }

  private Scorer chunkScorer() throws IOException {
    weight.searches(SearchPath.CHUNKS);
    WordColumns columns = columnsIfBuilt();
    DocumentDistances distances =
        columns == null
            ? DocumentDistances.in(codes, new CodeDistance(query.code(), query.field().form()))
            : DocumentDistances.in(columns, WordColumns.words(query.code()));
    FoundCodes found = chunks.find(segment.maxDoc(), distances);
    return new FoundScorer(found, 0, found.size(), 0, scores, query.maxDistance());
  }

  private boolean everyValueMatches() {
    return query.field().form().holdsOnlyCodes() && query.maxDistance() == query.code().bits();
  }

  private WordColumns columns() throws IOException {
    return query.comparison().columns(segment, weight.timeout());
  }

  private WordColumns columnsIfBuilt() {
    return query.comparison().columnsIfBuilt(segment);
  }

  private DocValuesScorer docValuesScorer() {
    weight.searches(SearchPath.DOC_VALUES);
    CodeDistance distance = new CodeDistance(query.code(), query.field().form());
    return new DocValuesScorer(codes, distance, scores, query.maxDistance());
  }

  private ColumnLookupScorer lookupScorer(WordColumns columns) {
    return new ColumnLookupScorer(
        columns, WordColumns.words(query.code()), scores, query.maxDistance());
  }

  private ColumnScanScorer scanScorer(WordColumns columns) {
    return new ColumnScanScorer(
        columns,
        WordColumns.words(query.code()),
        query.tuning().access().scan(),
        scores,
        query.maxDistance());
  }
}
