// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.NumberFieldMapper;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.search.aggregations.AggregationBuilder;
import org.elasticsearch.search.aggregations.AggregatorTestCase;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.search.aggregations.bucket.histogram.HistogramAggregationBuilder;
import org.elasticsearch.search.aggregations.bucket.histogram.InternalHistogram;
import org.semantichash.duplicates.Grouping;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.duplicates.agg.BruteForceGroups.Coded;
import org.semantichash.plugin.field.TestFieldType;
import org.semantichash.plugin.models.EmptyCode;

/** The aggregation on a Lucene index, also where memory is refused and where it is cancelled. */
public class NearDuplicatesAggregatorTests extends AggregatorTestCase {

  private static final int BITS = 12;
  private static final String INDEX = "_index"; // the name that the harness gives it

  private static final MappedFieldType CODE = TestFieldType.of("code", BITS);
  private static final MappedFieldType NUMBER =
      new NumberFieldMapper.NumberFieldType("number", NumberFieldMapper.NumberType.INTEGER);

  /** No model is known. */
  static final EmptyCode.Lookup LOOKUP =
      (model, digest, bits, listener) -> listener.onResponse(EmptyCode.NONE);

  private final List<Coded> coded = new ArrayList<>();
  private final Map<Integer, List<Coded>> byNumber = new HashMap<>();
  private long withoutCode;

  @Override
  protected List<SearchPlugin> getSearchPlugins() {
    return List.of(new SemanticHashPlugin(Settings.EMPTY));
  }

  private static NearDuplicatesAggregationBuilder aggregation(NearDuplicatesOptions options) {
    return new NearDuplicatesAggregationBuilder("groups", options, LOOKUP);
  }

  private static NearDuplicatesOptions randomOptions() {
    Grouping grouping = new Grouping(randomFrom(Grouping.Linkage.values()), 2, between(2, 20));
    return new NearDuplicatesOptions("code", between(0, 4), grouping, between(1, 30), 1000, false);
  }

  private void write(RandomIndexWriter writer) throws IOException {
    for (int i = between(0, 150); i > 0; i--) {
      String id = randomAlphaOfLength(3) + i;
      int number = between(0, 4);
      Document document = new Document();
      document.add(IdFieldMapper.standardIdField(id));
      document.add(new SortedNumericDocValuesField("number", number));
      if (rarely()) {
        withoutCode++;
      } else {
        byte[] bytes = {randomByte(), (byte) (randomByte() & 0xf0)};
        BinaryCode code = BinaryCode.of(bytes, BITS);
        document.add(CodeDocValues.field("code", code));
        Coded added = new Coded(INDEX, id, code);
        coded.add(added);
        byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(added);
      }
      writer.addDocument(document);
    }
  }

  private <A extends InternalAggregation> void check(AggregationBuilder builder, Consumer<A> check)
      throws IOException {
    testCase(this::write, check, new AggTestConfig(builder, CODE, NUMBER));
  }

  public void testAllDocuments() throws IOException {
    NearDuplicatesOptions options = randomOptions();
    check(
        aggregation(options),
        (InternalNearDuplicates found) -> {
          assertThat(found.found(), equalTo(BruteForceGroups.of(options, coded)));
          assertThat(found.leftOut().withoutCode(), equalTo(withoutCode));
          assertThat(found.documents(), equalTo(withoutCode + coded.size()));
        });
  }

  public void testOfAnAlias() throws IOException {
    NearDuplicatesOptions options = randomOptions();
    NearDuplicatesOptions alias =
        new NearDuplicatesOptions(
            "code-alias", options.maxDistance(), options.grouping(), options.size(), 1000, false);
    check(
        aggregation(alias),
        (InternalNearDuplicates found) ->
            assertThat(found.found(), equalTo(BruteForceGroups.of(options, coded))));
  }

  public void testBelowAHistogram() throws IOException {
    NearDuplicatesOptions options = randomOptions();
    check(
        new HistogramAggregationBuilder("numbers")
            .field("number")
            .interval(1)
            .minDocCount(1)
            .subAggregation(aggregation(options)),
        (InternalHistogram found) ->
            found
                .getBuckets()
                .forEach(
                    bucket -> {
                      InternalNearDuplicates groups = bucket.getAggregations().get("groups");
                      int number = ((Number) bucket.getKey()).intValue();
                      List<Coded> own = byNumber.getOrDefault(number, List.of());
                      assertThat(groups.found(), equalTo(BruteForceGroups.of(options, own)));
                      assertThat(groups.documents(), equalTo(bucket.getDocCount()));
                    }));
  }
}
