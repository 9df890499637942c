// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.search.aggregations.AggregatorReducer;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.tasks.TaskCancelledException;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.plugin.aggregation.InternalNearDuplicates.LeftOut;
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

  private FoundGroups found() {
    if (shards.isEmpty()) {
      return FoundGroups.NONE;
    }
    ComparableFields.check(leader.options(), shards);
    try (BreakerMemory memory = new BreakerMemory(breaker(), LABEL)) {
      return found(memory);
    }
  }

  private FoundGroups found(BreakerMemory memory) {
    int bits = shards.getFirst().bits();
    int count = shards.stream().mapToInt(ShardDocuments::size).reduce(0, Math::addExact);
    memory.require(ComparedDocuments.bytes(bits, count));
    JoinResources resources = new JoinResources(memory, Runnable::run, 1, monitor());
    try {
      return ComparedDocuments.of(shards, bits).group(leader.options(), resources);
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
}
