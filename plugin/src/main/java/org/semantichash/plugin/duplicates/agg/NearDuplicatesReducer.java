// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.search.aggregations.AggregatorReducer;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.tasks.TaskCancelledException;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.LeftOut;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups.ReportedGroup;
import org.semantichash.plugin.memory.BreakerMemory;

/** Puts the documents of the shards together; when all are there, compares and groups them. */
final class NearDuplicatesReducer implements AggregatorReducer {

  private static final String LABEL = "[semantic_hash] near duplicates";

  private final InternalNearDuplicates leader;
  private final AggregationReduceContext context;
  private final List<ShardDocuments> shards = new ArrayList<>();
  private LeftOut leftOut = LeftOut.NONE;

  NearDuplicatesReducer(InternalNearDuplicates leader, AggregationReduceContext context) {
    this.leader = leader;
    this.context = context;
  }

  @Override
  public void accept(InternalAggregation aggregation) {
    InternalNearDuplicates other = (InternalNearDuplicates) aggregation;
    shards.addAll(other.shards());
    leftOut = leftOut.plus(other.leftOut());
  }

  @Override
  public InternalAggregation get() {
    InternalNearDuplicates all = leader.of(leftOut, shards);
    return context.isFinalReduce() ? all.of(found()) : all;
  }

  private ReportedGroups found() {
    if (shards.isEmpty()) {
      return ReportedGroups.NONE;
    }
    ComparableFields.check(leader.options(), shards);
    try (BreakerMemory memory = new BreakerMemory(breaker(), LABEL)) {
      return found(memory);
    }
  }

  private ReportedGroups found(BreakerMemory memory) {
    int bits = shards.getFirst().bits();
    int count = shards.stream().mapToInt(ShardDocuments::size).reduce(0, Math::addExact);
    memory.require(ComparableDocuments.bytes(bits, count));
    JoinResources resources = new JoinResources(memory, Runnable::run, 1, monitor());
    try {
      return ComparableDocuments.of(shards, bits).group(leader.options(), resources);
    } catch (JoinResources.MemoryRefusedException e) {
      throw memory.refusedByBreaker(e);
    }
  }

  private CircuitBreaker breaker() {
    CircuitBreakerService service = context.bigArrays().breakerService();
    return service == null
        ? new NoopCircuitBreaker(CircuitBreaker.REQUEST)
        : service.getBreaker(CircuitBreaker.REQUEST);
  }

  private JoinResources.Monitor monitor() {
    return new JoinResources.Monitor() {
      @Override
      public void checkCancelled() {
        if (context.isCanceled().get()) {
          throw new TaskCancelledException("cancelled");
        }
      }

      @Override
      public void progress(double done) {}
    };
  }

  /**
   * The documents of all shards in one order, by index and then by id, so that the groups do not
   * depend on the shards.
   */
  static final class ComparableDocuments {

    /** What a place in the order and a document in the answer take, roughly. */
    private static final int PLACE_BYTES = 64;

    /** A document of a shard. */
    private record ShardDocument(ShardDocuments shard, int document) {

      String index() {
        return shard.index();
      }

      String id() {
        return shard.id(document);
      }
    }

    private final List<ShardDocument> places;
    private final CodeTable codes;

    private ComparableDocuments(List<ShardDocument> places, CodeTable codes) {
      this.places = places;
      this.codes = codes;
    }

    /** How much memory the documents take. */
    static long bytes(int bits, int documents) {
      return (long) documents * PLACE_BYTES
          + (long) Long.BYTES * CodeTable.wordsFor(bits, documents);
    }

    /** Documents with codes of one width. */
    static ComparableDocuments of(List<ShardDocuments> shards, int bits) {
      List<ShardDocument> places = new ArrayList<>();
      for (ShardDocuments shard : shards) {
        for (int document = 0; document < shard.size(); document++) {
          places.add(new ShardDocument(shard, document));
        }
      }
      places.sort(Comparator.comparing(ShardDocument::index).thenComparing(ShardDocument::id));
      int bytes = BinaryCode.byteLength(bits);
      long[] words = new long[CodeTable.wordsFor(bits, places.size())];
      for (int i = 0; i < places.size(); i++) {
        ShardDocument place = places.get(i);
        CodeTable.pack(words, i, place.shard().codes(), place.document() * bytes, bytes);
      }
      return new ComparableDocuments(places, new CodeTable(bits, places.size(), words));
    }

    ReportedGroups group(NearDuplicatesOptions options, JoinResources resources) {
      try (NearDuplicates found =
          NearDuplicates.find(
              codes, options.maxDistance(codes.bits()), options.grouping(), resources)) {
        DuplicateGroups groups = found.groups();
        List<ReportedGroup> some = new ArrayList<>();
        for (int group = 0; group < Math.min(options.size(), groups.count()); group++) {
          some.add(group(groups, group));
        }
        return new ReportedGroups(groups.count(), groups.documentCount(), capped(groups), some);
      }
    }

    private static int capped(DuplicateGroups groups) {
      int capped = 0;
      for (int group = 0; group < groups.count(); group++) {
        capped += groups.capped(group) ? 1 : 0;
      }
      return capped;
    }

    private ReportedGroup group(DuplicateGroups groups, int group) {
      int[] documents = groups.documents(group);
      List<ReportedGroup.Document> named = new ArrayList<>(documents.length);
      for (int document : documents) {
        ShardDocument place = places.get(document);
        int distance = codes.distance(documents[0], document);
        named.add(new ReportedGroup.Document(place.index(), place.id(), distance));
      }
      return new ReportedGroup(groups.diameter(group), groups.capped(group), named);
    }
  }

  /** Checks that the codes of all shards can be compared. */
  static final class ComparableFields {

    private ComparableFields() {}

    /**
     * Checks it, in an order that does not depend on which shard was the fastest.
     *
     * @throws IllegalArgumentException when a shard has too many documents, or the fields of two
     *     indices have codes of different widths or models
     */
    static void check(NearDuplicatesOptions options, List<ShardDocuments> shards) {
      List<ShardDocuments> ordered =
          shards.stream().sorted(Comparator.comparing(ShardDocuments::index)).toList();
      ShardDocuments stamped = null;
      for (ShardDocuments shard : ordered) {
        checkCount(options, shard);
        checkComparable(options, ordered.getFirst(), shard);
        if (stamped != null) {
          checkComparable(options, stamped, shard);
        } else if (shard.digest() != null) {
          stamped = shard;
        }
      }
    }

    private static void checkComparable(
        NearDuplicatesOptions options, ShardDocuments one, ShardDocuments other) {
      one.fields()
          .checkComparable(options.field(), one.index(), other.fields(), other.index(), null);
    }

    private static void checkCount(NearDuplicatesOptions options, ShardDocuments shard) {
      if (shard.isTooMany()) {
        throw new IllegalArgumentException(
            format(
                "[near_duplicates] compares at most [%s] documents of a shard, [%s], but a"
                    + " shard of index [%s] has more that match: narrow the query, or use [POST"
                    + " %s/_semantic_hash/near_duplicates]",
                NearDuplicatesOptions.MAX_DOCUMENTS,
                options.maxDocuments(),
                shard.index(),
                shard.index()));
      }
    }
  }
}
