// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/**
 * Matches documents by the Hamming distance between their code and a given one, and scores them by
 * {@link HammingSimilarity} times the boost.
 *
 * <p>Without a largest distance every document that has a code matches; with one, exactly those
 * within it, all of them. A document without a code never matches. Codes are those that {@link
 * CodeDocValues#field} stored.
 */
public final class HammingQuery extends Query {

  private final HammingClause clause;
  private final SearchTuning tuning;

  /** Matches every document that has a code. */
  public HammingQuery(String field, BinaryCode code) {
    this(field, code, code.bits());
  }

  /**
   * Matches every document whose code is within a distance.
   *
   * @param field the field that holds the codes
   * @param code the code to compare with, of the same width
   * @param maxDistance the largest distance that matches, 0 to the code's bits
   * @throws IllegalArgumentException when the distance is out of range
   */
  public HammingQuery(String field, BinaryCode code, int maxDistance) {
    this(CodeField.plain(field), code, maxDistance, ColumnSource.NONE);
  }

  /**
   * Matches every document whose code is within a distance.
   *
   * @param field the field that holds the codes
   * @param code the code to compare with, of the same width
   * @param maxDistance the largest distance that matches, 0 to the code's bits
   * @param columns where to get the codes from in memory; what is found does not depend on it
   * @param timeout what ends the building of columns for a searcher early, or throws to do so; null
   *     when nothing does
   * @throws IllegalArgumentException when the distance is out of range
   */
  public HammingQuery(
      CodeField field,
      BinaryCode code,
      int maxDistance,
      ColumnSource columns,
      Function<IndexSearcher, QueryTimeout> timeout) {
    this(new HammingClause(field, code, maxDistance, columns, timeout), SearchTuning.MEASURED);
  }

  /** The same with the searcher's own timeout. */
  public HammingQuery(CodeField field, BinaryCode code, int maxDistance, ColumnSource columns) {
    this(field, code, maxDistance, columns, IndexSearcher::getTimeout);
  }

  /** Searches in a given way: for tests and benchmarks. */
  HammingQuery(HammingClause clause, SearchTuning tuning) {
    this.clause = clause;
    this.tuning = Objects.requireNonNull(tuning, "tuning");
  }

  /** The field that holds the codes. */
  public CodeField field() {
    return clause.field();
  }

  /** The code that stored codes are compared with. */
  public BinaryCode code() {
    return clause.code();
  }

  /** The largest distance that matches, in bits. */
  public int maxDistance() {
    return clause.maxDistance();
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    return new HammingWeight(searcher, scoreMode, boost);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    clause.visit(this, visitor);
  }

  @Override
  public String toString(String defaultField) {
    return "HammingQuery(field="
        + field().name()
        + ", code="
        + code()
        + ", bits="
        + code().bits()
        + ", max_distance="
        + maxDistance()
        + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HammingQuery other && clause.equals(other.clause);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + clause.hashCode();
  }

  /** One search. */
  private final class HammingWeight extends SegmentWeight {

    private final ScoreMode scoreMode;
    private final float boost;
    private final DistanceScorer.Scores scores;
    private final QueryTimeout timeout;
    private final SearchPath.Segments searched = new SearchPath.Segments();

    HammingWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
      super(HammingQuery.this);
      this.scoreMode = scoreMode;
      this.boost = boost;
      this.scores = new DistanceScorer.Scores(code().bits(), boost);
      this.timeout = clause.timeout(searcher);
      // With scores, so that nobody caches it.
      searcher.createWeight(searched, ScoreMode.COMPLETE, boost);
    }

    @Override
    public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      BinaryDocValues codes = field().docValues(context.reader());
      return codes == null ? null : new CheapestScorer(this, context.reader(), codes);
    }

    @Override
    public Explanation explain(LeafReaderContext context, int doc) throws IOException {
      BinaryDocValues codes = field().docValues(context.reader());
      if (codes == null || codes.advanceExact(doc) == false) {
        return Explanation.noMatch("the document has no code in field [" + field().name() + "]");
      }
      int distance = codeDistance().to(codes.binaryValue());
      if (distance == CodeDistance.NO_CODE) {
        return Explanation.noMatch(
            "the document must have one value of ["
                + BinaryCode.byteLength(code().bits())
                + "] bytes, as the code searched for, in field ["
                + field().name()
                + "]");
      }
      return explain(distance, path(context.reader()));
    }

    private Explanation explain(int distance, SearchPath path) {
      Explanation distanceDetail =
          Explanation.match(
              distance,
              "distance, bits that differ from ["
                  + code()
                  + "]; a search reads this segment by ["
                  + path
                  + "]");
      if (distance > maxDistance()) {
        return Explanation.noMatch(
            "the distance is larger than max_distance [" + maxDistance() + "]", distanceDetail);
      }
      return Explanation.match(
          scores.score(distance),
          "score, computed as boost * (bits - distance) / bits from:",
          distanceDetail,
          Explanation.match(code().bits(), "bits, width of the codes in [" + field().name() + "]"),
          Explanation.match(boost, "boost"));
    }

    /** How a search that visits all codes reads the segment, as long as its columns stay. */
    private SearchPath path(LeafReader segment) {
      WordColumns columns = clause.columnsIfBuilt(segment);
      return columns == null ? SearchPath.DOC_VALUES : scanPath(columns);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return DocValues.isCacheable(context, field().name());
    }
  }

  private static SearchPath scanPath(WordColumns columns) {
    return columns.clusters() == null ? SearchPath.COLUMN_SCAN : SearchPath.CLUSTERS;
  }

  private CodeDistance codeDistance() {
    return new CodeDistance(code(), field().form());
  }

  /** Chooses, for one segment, the cheapest way to find what the query matches. */
  private final class CheapestScorer extends SegmentWeight.Supplier {

    private final HammingWeight weight;
    private final LeafReader segment;
    private final BinaryDocValues codes;
    private final int words = WordColumns.wordCount(code().bits());
    private ChunkLookup.WithinRadius chunks; // null while its terms cost more than another way

    CheapestScorer(HammingWeight weight, LeafReader segment, BinaryDocValues codes)
        throws IOException {
      this.weight = weight;
      this.segment = segment;
      this.codes = codes;
      this.chunks = chunksWithin(tuning.costs().columns(codes.cost(), words));
    }

    @Override
    public Scorer get(long leadCost) throws IOException {
      if (weight.scoreMode.needsScores() == false && everyValueMatches()) {
        weight.searched.count(SearchPath.EXISTS);
        return weight.constantScorer(0f, weight.scoreMode, codes);
      }
      if (chunks != null && chunksBeatLookups(leadCost)) {
        return chunkScorer();
      }
      boolean few = tuning.looksUp(leadCost, codes.cost());
      WordColumns columns = few ? clause.columnsIfBuilt(segment) : columns();
      if (columns == null) {
        return few == false && chunksBeatDocValues() ? chunkScorer() : docValuesScorer();
      }
      if (few == false) {
        return columnScan(columns);
      }
      weight.searched.count(SearchPath.COLUMN_LOOKUP);
      long[] query = WordColumns.words(code());
      return new ColumnLookupScorer(columns, query, weight.scores, maxDistance());
    }

    @Override
    public BulkScorer bulkScorer() throws IOException {
      // Only these two modes visit every match; others may come with a way to skip documents.
      boolean everyMatch =
          weight.scoreMode == ScoreMode.TOP_SCORES || weight.scoreMode == ScoreMode.COMPLETE;
      if (everyMatch && chunks == null && tuning.looksUp(Long.MAX_VALUE, codes.cost()) == false) {
        WordColumns columns = columns();
        if (columns != null) {
          return columnScan(columns).new Bulk();
        }
        if (chunksBeatDocValues() == false) {
          return new DocValuesScorer.Bulk(docValuesScorer(), codes);
        }
      }
      return super.bulkScorer();
    }

    @Override
    public long cost() {
      return chunks == null ? codes.cost() : Math.min(chunks.documents(), codes.cost());
    }

    private ChunkLookup.WithinRadius chunksWithin(long budget) throws IOException {
      ChunkLookup lookup =
          maxDistance() == code().bits() ? null : ChunkLookup.of(segment, field(), codes, code());
      return lookup == null
          ? null
          : ChunkLookup.WithinRadius.within(lookup, maxDistance(), tuning.costs(), budget);
    }

    /** When nothing else leaves fewer documents, the lead is this query because of its chunks. */
    private boolean chunksBeatLookups(long leadCost) {
      return leadCost >= chunks.documents()
          || chunks.cost() <= tuning.costs().columnLookups(leadCost, words);
    }

    private boolean chunksBeatDocValues() throws IOException {
      if (chunks == null) {
        chunks = chunksWithin(tuning.costs().docValues(codes.cost(), words));
      }
      return chunks != null;
    }

    private Scorer chunkScorer() throws IOException {
      weight.searched.count(SearchPath.CHUNKS);
      WordColumns columns = clause.columnsIfBuilt(segment);
      SegmentCodes distances =
          columns == null
              ? SegmentCodes.of(codes, segment.maxDoc(), codeDistance())
              : SegmentCodes.of(columns, WordColumns.words(code()), tuning.scan());
      FoundCodes found = chunks.find(segment.maxDoc(), distances);
      return found.scorer(0, found.size(), 0, weight.scores, maxDistance());
    }

    private boolean everyValueMatches() {
      return field().form().holdsOnlyCodes() && maxDistance() == code().bits();
    }

    private WordColumns columns() throws IOException {
      return clause.columns(segment, weight.timeout);
    }

    private ColumnScanScorer columnScan(WordColumns columns) {
      weight.searched.count(scanPath(columns));
      long[] query = WordColumns.words(code());
      return new ColumnScanScorer(columns, query, tuning, weight.scores, maxDistance());
    }

    private DocValuesScorer docValuesScorer() {
      weight.searched.count(SearchPath.DOC_VALUES);
      return new DocValuesScorer(codes, codeDistance(), weight.scores, maxDistance());
    }
  }
}
