/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.semantichash.search.columns.WordColumns;

/** Chooses, for one segment, the cheapest way to find what the query matches. */
final class HammingScorerSupplier extends ScorerSupplier {

  private final HammingQuery query;
  private final LeafReader segment;
  private final BinaryDocValues codes;
  private final ScoreMode scoreMode;
  private final DistanceScores scores;

  HammingScorerSupplier(
      HammingQuery query,
      LeafReader segment,
      BinaryDocValues codes,
      ScoreMode scoreMode,
      DistanceScores scores) {
    this.query = query;
    this.segment = segment;
    this.codes = codes;
    this.scoreMode = scoreMode;
    this.scores = scores;
  }

  @Override
  public Scorer get(long leadCost) throws IOException {
    if (scoreMode.needsScores() == false && everyValueMatches()) {
      query.searched().count(SearchPath.EXISTS);
      return new ConstantScoreScorer(0f, scoreMode, codes);
    }
    boolean few = query.access().looksUp(leadCost, codes.cost());
    WordColumns columns = few ? columnsIfBuilt() : columns();
    if (columns == null) {
      query.searched().count(SearchPath.DOC_VALUES);
      return docValuesScorer();
    }
    query.searched().count(few ? SearchPath.COLUMN_LOOKUP : SearchPath.COLUMN_SCAN);
    return few ? lookupScorer(columns) : scanScorer(columns);
  }

  @Override
  public BulkScorer bulkScorer() throws IOException {
    // Only these two modes visit every match; others may come with a way to skip documents.
    boolean everyMatch = scoreMode == ScoreMode.TOP_SCORES || scoreMode == ScoreMode.COMPLETE;
    if (everyMatch && columns() == null) {
      query.searched().count(SearchPath.DOC_VALUES);
      return new DocValuesBulkScorer(docValuesScorer(), codes);
    }
    return super.bulkScorer();
  }

  @Override
  public long cost() {
    return codes.cost();
  }

  private boolean everyValueMatches() {
    return query.field().form().holdsOnlyCodes() && query.maxDistance() == query.code().bits();
  }

  private WordColumns columns() throws IOException {
    return query.columns().columns(segment, query.field(), query.code().bits());
  }

  private WordColumns columnsIfBuilt() {
    return query.columns().columnsIfBuilt(segment, query.field(), query.code().bits());
  }

  private DocValuesScorer docValuesScorer() {
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
        query.access().scan(),
        scores,
        query.maxDistance());
  }
}
