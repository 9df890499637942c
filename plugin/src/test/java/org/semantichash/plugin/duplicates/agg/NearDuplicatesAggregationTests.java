// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.search.aggregations.InternalAggregations;
import org.elasticsearch.search.aggregations.bucket.terms.Terms;
import org.elasticsearch.search.aggregations.metrics.NumericMetricsAggregation;
import org.semantichash.duplicates.Grouping;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.SingleNodeTestCase;
import org.semantichash.plugin.duplicates.agg.BruteForceGroups.Coded;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups;

/** The aggregation on a node with several shards and indices, against brute force. */
public class NearDuplicatesAggregationTests extends SingleNodeTestCase {

  private static final int BITS = 20;
  private static final String MAPPING =
      """
      {'properties':{
        'code':{'type':'hash_code','bits':20},
        'alias':{'type':'alias','path':'code'},
        'tag':{'type':'keyword'},
        'duplicate_of':{'type':'keyword'},
        'parts':{'type':'nested','properties':{'code':{'type':'hash_code','bits':20}}}}}""";

  private final List<Coded> coded = new ArrayList<>();
  private final Map<Coded, String> tags = new HashMap<>();
  private final Map<String, Long> withoutCode = new HashMap<>();

  private String codes(int bits) {
    return MAPPING.replace("'bits':20", "'bits':" + bits);
  }

  /** Codes around a few centres, so that there are groups, equal codes, ties and chains. */
  private void index(String index, int documents) {
    List<BinaryCode> centres = randomList(5, 5, () -> code(randomByteArrayOfLength(3)));
    Map<String, Map<String, Object>> sources = new LinkedHashMap<>();
    for (int i = 0; i < documents; i++) {
      String id = i + randomAlphaOfLength(2);
      String tag = randomFrom("a", "b", "c");
      Map<String, Object> source = new HashMap<>(Map.of("tag", tag));
      if (rarely()) {
        withoutCode.merge(tag, 1L, Long::sum);
      } else {
        byte[] bytes = randomFrom(centres).toBytes();
        for (int flips = between(0, 4); flips > 0; flips--) {
          int bit = between(0, BITS - 1);
          bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
        }
        Coded document = new Coded(index, id, BinaryCode.of(bytes, BITS));
        coded.add(document);
        tags.put(document, tag);
        source.put("code", document.code().toHex());
      }
      sources.put(id, source);
    }
    assertFalse(bulk(index, null, sources).hasFailures());
  }

  private static BinaryCode code(byte[] bytes) {
    bytes[2] &= (byte) 0xf0;
    return BinaryCode.of(bytes, BITS);
  }

  private static NearDuplicatesOptions randomOptions() {
    int min = between(2, 4);
    Grouping grouping =
        new Grouping(
            randomFrom(Grouping.Linkage.values()), min, randomFrom(1000, between(min, 12)));
    return new NearDuplicatesOptions("code", between(0, 6), grouping, between(0, 12), 1000, false);
  }

  private static String aggregation(NearDuplicatesOptions options) {
    return "{'near_duplicates':" + Strings.toString(options) + "}";
  }

  private <T> T aggregations(String indices, String json, Function<InternalAggregations, T> read) {
    AtomicReference<T> result = new AtomicReference<>();
    search(indices, "{'size':0," + json + "}", r -> result.set(read.apply(r.getAggregations())));
    return result.get();
  }

  private InternalNearDuplicates groups(String indices, NearDuplicatesOptions options) {
    return groups(indices, "", options);
  }

  private InternalNearDuplicates groups(
      String indices, String query, NearDuplicatesOptions options) {
    return aggregations(
        indices, query + "'aggs':{'groups':" + aggregation(options) + "}", a -> a.get("groups"));
  }

  private long allWithoutCode() {
    return withoutCode.values().stream().mapToLong(Long::longValue).sum();
  }

  public void testGroupsOfSeveralShardsAndIndices() {
    createIndex("one", between(2, 5), MAPPING);
    createIndex("two", between(1, 3), MAPPING);
    index("two", 60);
    index("one", 60);
    for (int i = 0; i < 10; i++) {
      NearDuplicatesOptions options = randomOptions();
      InternalNearDuplicates found = groups("*", options);
      assertThat(found.found(), equalTo(BruteForceGroups.of(options, coded)));
      assertThat(found.leftOut().withoutCode(), equalTo(allWithoutCode()));
      assertThat(found.documents(), equalTo(120L));
    }
  }

  public void testOnlyWhatTheQueryFinds() {
    createIndex("one", between(1, 3), MAPPING);
    index("one", 80);
    NearDuplicatesOptions options = randomOptions();
    List<Coded> matching = coded.stream().filter(d -> tags.get(d).equals("a")).toList();
    InternalNearDuplicates found = groups("one", "'query':{'term':{'tag':'a'}},", options);
    assertThat(found.found(), equalTo(BruteForceGroups.of(options, matching)));
    assertThat(found.leftOut().withoutCode(), equalTo(withoutCode.getOrDefault("a", 0L)));
  }

  public void testBelowTerms() {
    createIndex("one", between(1, 3), MAPPING);
    index("one", 100);
    NearDuplicatesOptions options = randomOptions();
    String collect = randomFrom("breadth_first", "depth_first");
    Map<String, InternalNearDuplicates> found =
        aggregations(
            "one",
            "'aggs':{'tags':{'terms':{'field':'tag','collect_mode':'"
                + collect
                + "'},'aggs':{'groups':"
                + aggregation(options)
                + "}}}",
            a -> {
              Map<String, InternalNearDuplicates> of = new HashMap<>();
              Terms terms = a.get("tags");
              terms
                  .getBuckets()
                  .forEach(b -> of.put(b.getKeyAsString(), b.getAggregations().get("groups")));
              return of;
            });
    assertThat(found.keySet(), equalTo(Set.copyOf(tags.values())));
    found.forEach(
        (tag, groups) -> {
          List<Coded> own = coded.stream().filter(d -> tags.get(d).equals(tag)).toList();
          assertThat(groups.found(), equalTo(BruteForceGroups.of(options, own)));
          assertThat(groups.leftOut().withoutCode(), equalTo(withoutCode.getOrDefault(tag, 0L)));
        });
  }

  public void testPipelinesCanTakeItsCounts() {
    createIndex("one", 2, MAPPING);
    index("one", 60);
    Map<String, Object> expected = new TreeMap<>();
    expected.put("documents", 60.0);
    expected.put("without_code", (double) allWithoutCode());
    expected.put("without_terms", 0.0);
    NearDuplicatesOptions options = randomOptions();
    ReportedGroups found = BruteForceGroups.of(options, coded);
    expected.put("total_groups", (double) found.total());
    expected.put("grouped_documents", (double) found.documents());
    expected.put("capped_groups", (double) found.capped());
    StringBuilder json =
        new StringBuilder("'aggs':{'all':{'filters':{'filters':[{'match_all':{}}]}");
    json.append(",'aggs':{'groups':").append(aggregation(options)).append("}}");
    expected
        .keySet()
        .forEach(
            name ->
                json.append(",'" + name + "':{'sum_bucket':{'buckets_path':'all>groups.")
                    .append(name + "'}}"));
    Map<String, Object> sums =
        aggregations(
            "one",
            json + "}",
            all -> {
              Map<String, Object> of = new TreeMap<>();
              expected.keySet().forEach(name -> of.put(name, sum(all, name)));
              return of;
            });
    assertThat(sums, equalTo(expected));
  }

  private static double sum(InternalAggregations all, String name) {
    return ((NumericMetricsAggregation.SingleValue) all.get(name)).value();
  }

  public void testAnIndexWithoutTheFieldHasDocumentsWithoutCode() {
    createIndex("one", 2, MAPPING);
    createIndex("none", 2, "{'properties':{'tag':{'type':'keyword'}}}");
    index("one", 30);
    assertFalse(bulk("none", null, Map.of("x", Map.of("tag", "a"))).hasFailures());
    NearDuplicatesOptions options = randomOptions();
    InternalNearDuplicates both = groups("*", options);
    assertThat(both.found(), equalTo(BruteForceGroups.of(options, coded)));
    assertThat(both.leftOut().withoutCode(), equalTo(allWithoutCode() + 1));
    InternalNearDuplicates none = groups("none", options);
    assertThat(none.found(), equalTo(ReportedGroups.NONE));
    assertThat(none.documents(), equalTo(1L));
  }

  private void assertRefused(String indices, String aggregation, String reason) {
    Refusal refusal = refusal(indices, "{'size':0,'aggs':{'groups':" + aggregation + "}}");
    assertThat(refusal.reason(), containsString(reason));
    assertThat(refusal.status(), equalTo(400));
  }

  public void testFieldsMustBeComparable() {
    createIndex("one", 2, MAPPING);
    createIndex("wide", 2, codes(24));
    index("one", 30);
    assertRefused(
        "*",
        "{'near_duplicates':{'field':'code'}}",
        "field [code] must be the same in all indices, but it has [20 bits] in index [one] and"
            + " [24 bits] in index [wide]");
  }

  private void createBound(String index, char digit) {
    String digest = Character.toString(digit).repeat(16);
    createIndex(
        index,
        between(1, 2),
        MAPPING.replace("'bits':20}", "'bits':20,'digest':'" + digest + "'}"));
  }

  public void testModelsMustBeTheSame() {
    createIndex("of-any", 1, MAPPING);
    createBound("of-first", '1');
    createBound("other", '2');
    index("of-any", 20);
    index("of-first", 20);
    NearDuplicatesOptions options = randomOptions();
    assertThat(groups("of-*", options).found(), equalTo(BruteForceGroups.of(options, coded)));
    assertRefused(
        "*",
        "{'near_duplicates':{'field':'code'}}",
        "field [code] must be the same in all indices, but it has [model digest 1111111111111111]"
            + " in index [of-first] and [model digest 2222222222222222] in index [other]");
  }

  public void testTooManyDocumentsOfAShard() {
    createIndex("one", 1, MAPPING);
    createIndex("two", 3, MAPPING);
    index("one", 30);
    index("two", 1);
    long count = coded.stream().filter(document -> document.index().equals("one")).count();
    NearDuplicatesOptions options = randomOptions();
    assertThat(
        groups("*", atMost(options, (int) count)).found(),
        equalTo(BruteForceGroups.of(options, coded)));
    assertRefused(
        "*",
        aggregation(atMost(options, (int) count - 1)),
        "[near_duplicates] compares at most [max_documents] documents of a shard, ["
            + (count - 1)
            + "], but a shard of index [one] has more that match: narrow the query, or use [POST"
            + " one/_semantic_hash/near_duplicates]");
  }

  private static NearDuplicatesOptions atMost(NearDuplicatesOptions options, int documents) {
    return new NearDuplicatesOptions(
        options.field(),
        options.maxDistance(),
        options.grouping(),
        options.size(),
        documents,
        false);
  }

  public void testWhatItCannotDo() {
    createIndex("one", 2, MAPPING);
    String wanted = "{'near_duplicates':{'field':'code'}";
    assertRefused(
        "one",
        "{'near_duplicates':{'field':'tag'}}",
        "[field] must be of type [hash_code], but field [tag] of index [one] is of"
            + " type [keyword]");
    assertRefused(
        "one",
        "{'near_duplicates':{'field':'parts.code'}}",
        "so that it cannot take field [parts.code] in the nested object [parts]");
    assertRefused(
        "one",
        "{'nested':{'path':'parts'},'aggs':{'in':" + wanted + "}}}",
        "so that it cannot take field [code] in the nested object [parts]");
    assertRefused(
        "one",
        "{'near_duplicates':{'field':'code','max_distance':21}}",
        "[max_distance] must be between [0] and the number of bits of field [code], [20], got"
            + " [21]");
    assertRefused(
        "one",
        wanted + ",'aggs':{'tags':{'terms':{'field':'tag'}}}}",
        "aggregation [groups] of type [near_duplicates] cannot have sub-aggregations");
  }

  public void testMemoryIsAskedForAndGivenBack() throws Exception {
    createIndex("one", 2, MAPPING);
    index("one", 80);
    String key = "indices.breaker.request.limit";
    CircuitBreaker breaker =
        getInstanceFromNode(CircuitBreakerService.class).getBreaker(CircuitBreaker.REQUEST);
    try {
      // Enough for some parts of the work and too little for others, whichever comes first.
      for (int bytes = 1000; bytes < 64_000; bytes *= 2) {
        putSetting(Settings.builder().put(key, bytes + "b"));
        try {
          groups("one", randomOptions());
        } catch (ElasticsearchException e) {
          assertThat(ExceptionsHelper.status(e).getStatus(), equalTo(429));
        }
        assertBusy(() -> assertThat(breaker.getUsed(), equalTo(0L)));
      }
      putSetting(Settings.builder().put(key, "1000b"));
      assertThat(
          refusal("one", "{'size':0,'aggs':{'groups':" + aggregation(randomOptions()) + "}}")
              .status(),
          equalTo(429));
    } finally {
      putSetting(Settings.builder().putNull(key));
    }
  }

  private void putSetting(Settings.Builder settings) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(settings)
        .get();
  }

  /** What {@code semantic-hash near-duplicates --apply tag} writes makes search results unique. */
  public void testCollapseByTheKeptDocument() {
    createIndex("one", 3, MAPPING);
    String same = "000000";
    String other = "fffff0";
    Map<String, Map<String, Object>> documents = new HashMap<>();
    documents.put("1", Map.of("code", same, "duplicate_of", "1"));
    documents.put("2", Map.of("code", same, "duplicate_of", "1"));
    documents.put("3", Map.of("code", same, "duplicate_of", "1"));
    documents.put("4", Map.of("code", other, "duplicate_of", "4"));
    assertFalse(bulk("one", null, documents).hasFailures());
    List<String> kept =
        hits(
                "one",
                "{'query':{'hamming':{'field':'code','code':'"
                    + same
                    + "'}},'collapse':{'field':'duplicate_of'}}")
            .stream()
            .map(hit -> hit.id().equals("4") ? "4" : "one of 1 to 3")
            .toList();
    assertThat(kept, equalTo(List.of("one of 1 to 3", "4")));
  }
}
