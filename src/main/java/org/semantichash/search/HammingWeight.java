// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.semantichash.hash.BinaryCode;

/** One search for a {@link HammingQuery}. */
final class HammingWeight extends Weight {

  private final HammingQuery query;
  private final ScoreMode scoreMode;
  private final float boost;
  private final DistanceScores scores;
  private final QueryTimeout timeout;
  private final SearchedSegments searched = new SearchedSegments();

  HammingWeight(HammingQuery query, IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    super(query);
    this.query = query;
    this.scoreMode = scoreMode;
    this.boost = boost;
    this.scores = new DistanceScores(query.code().bits(), boost);
    timeout = query.comparison().timeout(searcher);
    // With scores, so that nobody caches it.
    searcher.createWeight(searched, ScoreMode.COMPLETE, boost);
  }

  /** Notes the way that a segment is searched. */
  void searches(SearchPath path) {
    searched.count(path);
    query.tuning().watch().accept(path);
  }

  /** What ends the building of columns. */
  QueryTimeout timeout() {
    return timeout;
  }

  HammingQuery query() {
    return query;
  }

  ScoreMode scoreMode() {
    return scoreMode;
  }

  DistanceScores scores() {
    return scores;
  }

  @Override
  public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
    BinaryDocValues codes = query.field().docValues(context.reader());
    return codes == null ? null : new HammingScorerSupplier(this, context.reader(), codes);
  }

  @Override
  public Explanation explain(LeafReaderContext context, int doc) throws IOException {
    String name = query.field().name();
    BinaryDocValues codes = query.field().docValues(context.reader());
    if (codes == null || codes.advanceExact(doc) == false) {
      return Explanation.noMatch("the document has no code in field [" + name + "]");
    }
    BinaryCode code = query.code();
    int distance = new CodeDistance(code, query.field().form()).to(codes.binaryValue());
    if (distance == CodeDistance.NO_CODE) {
      return Explanation.noMatch(
          "the document must have one value of ["
              + BinaryCode.byteLength(code.bits())
              + "] bytes, as the code searched for, in field ["
              + name
              + "]");
    }
    Explanation distanceDetail =
        Explanation.match(
            distance,
            "distance, bits that differ from ["
                + code
                + "]; a search reads this segment by ["
                + path(context.reader())
                + "]");
    if (distance > query.maxDistance()) {
      return Explanation.noMatch(
          "the distance is larger than max_distance [" + query.maxDistance() + "]", distanceDetail);
    }
    return Explanation.match(
        scores.score(distance),
        "score, computed as boost * (bits - distance) / bits from:",
        distanceDetail,
        Explanation.match(code.bits(), "bits, width of the codes in [" + name + "]"),
        Explanation.match(boost, "boost"));
  }

  /**
   * How a search that visits all codes reads the segment, as long as the columns stay as they are.
   */
  private SearchPath path(LeafReader segment) {
    boolean built = query.comparison().columnsIfBuilt(segment) != null;
    return built ? SearchPath.COLUMN_SCAN : SearchPath.DOC_VALUES;
  }

  @Override
  public boolean isCacheable(LeafReaderContext context) {
    return DocValues.isCacheable(context, query.field().name());
  }
}
