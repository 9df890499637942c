// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.common.util.MockBigArrays;
import org.elasticsearch.common.util.MockPageCacheRecycler;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.test.InternalAggregationTestCase;
import org.semantichash.duplicates.Grouping;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.duplicates.agg.BruteForceGroups.Coded;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.LeftOut;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups.ReportedGroup;
import org.semantichash.plugin.server.ServerTests;

public class InternalNearDuplicatesTests
    extends InternalAggregationTestCase<InternalNearDuplicates> {

  private static final int BITS = 8;
  private static final NearDuplicatesOptions OPTIONS =
      new NearDuplicatesOptions(
          "code", 1, new Grouping(Grouping.Linkage.COMPLETE, 2, 50), 5, 100, false);

  private int ids;

  @Override
  protected SearchPlugin registerPlugin() {
    return new SemanticHashPlugin(Settings.EMPTY);
  }

  private ShardDocuments randomShard() {
    String[] names = new String[between(0, 4)];
    for (int i = 0; i < names.length; i++) {
      names[i] = Integer.toString(ids++);
    }
    return new ShardDocuments(
        randomFrom("one", "two"), BITS, null, names, randomByteArrayOfLength(names.length));
  }

  @Override
  protected InternalNearDuplicates createTestInstance(String name, Map<String, Object> metadata) {
    return new InternalNearDuplicates(
        name, metadata, OPTIONS, randomLeftOut(), randomList(0, 3, this::randomShard));
  }

  private static LeftOut randomLeftOut() {
    return new LeftOut(
        between(0, 9),
        between(0, 9),
        randomBoolean() ? Map.of() : Map.of(randomFrom("one", "two"), randomAlphaOfLength(4)));
  }

  private static ReportedGroups randomFound() {
    return new ReportedGroups(
        between(0, 9), between(0, 9), between(0, 9), randomList(0, 3, () -> randomGroup()));
  }

  private static ReportedGroup randomGroup() {
    return new ReportedGroup(
        between(0, 9),
        randomBoolean(),
        randomList(
            2, 4, () -> new ReportedGroup.Document("one", randomAlphaOfLength(3), between(0, 9))));
  }

  @Override
  protected InternalNearDuplicates mutateInstance(InternalNearDuplicates one) {
    String name = one.getName();
    return switch (between(0, 4)) {
      case 0 -> named(name + "x", one.getMetadata(), one.options(), one);
      case 1 -> named(name, Map.of("another", name), one.options(), one);
      case 2 ->
          named(
              name, one.getMetadata(), NearDuplicatesAggregationBuilderTests.randomOptions(), one);
      case 3 -> one.of(one.leftOut().plus(new LeftOut(0, 1, Map.of())), one.shards());
      default -> one.of(randomFound());
    };
  }

  private static InternalNearDuplicates named(
      String name,
      Map<String, Object> metadata,
      NearDuplicatesOptions options,
      InternalNearDuplicates one) {
    return new InternalNearDuplicates(name, metadata, options, one.leftOut(), one.shards());
  }

  @Override
  protected void assertReduced(
      InternalNearDuplicates reduced, List<InternalNearDuplicates> inputs) {
    List<Coded> documents = new ArrayList<>();
    for (InternalNearDuplicates input : inputs) {
      input.shards().forEach(shard -> add(shard, documents));
    }
    assertThat(reduced.found(), equalTo(BruteForceGroups.of(OPTIONS, documents)));
    LeftOut leftOut =
        inputs.stream().map(InternalNearDuplicates::leftOut).reduce(LeftOut.NONE, LeftOut::plus);
    assertThat(reduced.leftOut(), equalTo(leftOut));
    assertThat(
        reduced.documents(),
        equalTo(leftOut.withoutCode() + leftOut.withoutTerms() + documents.size()));
    assertThat(reduced.shards(), equalTo(List.of()));
  }

  private static void add(ShardDocuments shard, List<Coded> documents) {
    for (int i = 0; i < shard.size(); i++) {
      BinaryCode code = BinaryCode.of(new byte[] {shard.codes()[i]}, BITS);
      documents.add(new Coded(shard.index(), shard.id(i), code));
    }
  }

  public void testResultsWithGroupsAreSentToo() throws Exception {
    InternalNearDuplicates one = createTestInstance().of(randomFound());
    assertThat(copyNamedWriteable(one, getNamedWriteableRegistry(), categoryClass()), equalTo(one));
  }

  public void testAnswer() {
    ReportedGroup group =
        new ReportedGroup(
            2,
            false,
            List.of(
                new ReportedGroup.Document("news", "1", 0),
                new ReportedGroup.Document("news", "7", 2)));
    InternalNearDuplicates one =
        new InternalNearDuplicates(
                "groups", null, OPTIONS, new LeftOut(3, 2, Map.of("news", "gone")), List.of())
            .of(new ReportedGroups(5, 12, 1, List.of(group)));
    assertThat(
        Strings.toString(one).replace('"', '\''),
        equalTo(
            "{'groups':{'documents':5,'without_code':3,'without_terms':2,'empty_code_unknown':["
                + "{'index':'news','reason':'gone'}],'total_groups':5,'grouped_documents':12,"
                + "'capped_groups':1,'groups':[{'size':2,'diameter':2,'capped':false,'documents':["
                + "{'_index':'news','_id':'1','distance':0},"
                + "{'_index':'news','_id':'7','distance':2}]}]}}"));
  }

  public void testStopsWhenTheSearchIsCancelled() {
    InternalNearDuplicates one =
        new InternalNearDuplicates(
            "groups",
            null,
            OPTIONS,
            LeftOut.NONE,
            List.of(new ShardDocuments("one", BITS, null, new String[] {"1"}, new byte[1])));
    AggregationReduceContext cancelled = last(one, BigArrays.NON_RECYCLING_INSTANCE, true);
    expectThrows(TaskCancelledException.class, () -> reduce(List.of(one), cancelled));
  }

  public void testMemoryIsAskedForAndGivenBack() {
    String[] names = new String[between(50, 200)];
    Arrays.setAll(names, Integer::toString);
    InternalNearDuplicates one =
        new InternalNearDuplicates(
            "groups",
            null,
            OPTIONS,
            LeftOut.NONE,
            List.of(
                new ShardDocuments(
                    "one", BITS, null, names, randomByteArrayOfLength(names.length))));
    int refused = 0;
    for (int limit = 1 << 10; limit <= 1 << 24; limit *= 2) {
      BigArrays arrays =
          new MockBigArrays(
              new MockPageCacheRecycler(Settings.EMPTY), ByteSizeValue.ofBytes(limit));
      try {
        InternalNearDuplicates reduced =
            (InternalNearDuplicates) reduce(List.of(one), last(one, arrays, false));
        assertReduced(reduced, List.of(one));
      } catch (CircuitBreakingException e) {
        assertThat(e.status(), equalTo(RestStatus.TOO_MANY_REQUESTS));
        refused++;
      }
      CircuitBreaker breaker = arrays.breakerService().getBreaker(CircuitBreaker.REQUEST);
      assertThat(breaker.getUsed(), equalTo(0L));
    }
    // Before the work, within it, and at last not any more.
    assertThat(refused, both(greaterThan(1)).and(lessThan(14)));
  }

  private AggregationReduceContext last(
      InternalNearDuplicates one, BigArrays arrays, boolean cancelled) {
    return ServerTests.finalReduction(arrays, () -> cancelled, mockBuilder(List.of(one)));
  }

  public void testAnUnknownPathIsNamed() {
    InternalNearDuplicates one = createTestInstance();
    IllegalArgumentException e =
        expectThrows(IllegalArgumentException.class, () -> one.getProperty(List.of("size")));
    assertThat(e.getMessage(), containsString("got [size]"));
  }
}
