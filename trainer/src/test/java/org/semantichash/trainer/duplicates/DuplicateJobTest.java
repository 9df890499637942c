// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuplicateJobTest {

  private final FakeJob cluster = new FakeJob();

  private static final DuplicateSearch SEARCH =
      new DuplicateSearch(
          "news,old*",
          "code",
          3,
          Optional.of(JsonNodeFactory.instance.objectNode().putObject("match_all")),
          "single",
          2,
          50,
          "newest",
          Optional.of("published"),
          true);

  private DuplicateJob start() {
    return DuplicateJob.start(cluster, SEARCH, Duration.ZERO);
  }

  /** Never cancels, or when it has heard so often that the job runs. */
  private static final class Listener implements DuplicateJob.Watcher {
    private final List<String> heard = new ArrayList<>();
    private int cancelAfter = Integer.MAX_VALUE;

    @Override
    public void running(String status) {
      heard.add(status);
    }

    @Override
    public boolean isCancelled() {
      return heard.size() >= cancelAfter;
    }
  }

  @Test
  void startsAJobWithoutWaiting() {
    start();
    assertEquals(
        List.of("POST news%2Cold*/_semantic_hash/near_duplicates?wait_for_completion=false"),
        cluster.requests);
    assertEquals(
        "{'field':'code','max_distance':3,'query':{},'linkage':'single','min_group_size':2,"
            + "'max_group_size':50,'keep':'newest','keep_field':'published','include_without_terms':true}",
        cluster.searched.toString().replace('"', '\''));
  }

  @Test
  void waitsUntilTheJobIsCompleted() {
    cluster.addGroup(1);
    cluster.states.addAll(0, List.of("running", "running"));
    Listener listener = new Listener();
    DuplicateSummary summary = start().await(listener).orElseThrow();
    assertEquals(List.of("pairs 12", "pairs 12"), listener.heard);
    assertEquals(1000, summary.documents());
    assertEquals(Map.of(2, 1L), summary.distances());
  }

  @Test
  void aWishToCancelDeletesTheJob() {
    cluster.states.addAll(0, List.of("running", "running", "running", "running"));
    Listener listener = new Listener();
    listener.cancelAfter = 1;
    assertTrue(start().await(listener).isEmpty());
    String job = "DELETE news%2Cold*/_semantic_hash/near_duplicates/j+1";
    assertEquals(1, cluster.requests.stream().filter(job::equals).count());
    assertEquals(job, cluster.requests.getLast());
  }

  @Test
  void aFailureSaysWhy() {
    cluster.states.set(0, "failed");
    Exception e = assertThrows(IllegalStateException.class, () -> start().await(new Listener()));
    assertEquals("job [j 1] must end as [completed], got [failed]: no memory", e.getMessage());
  }

  @Test
  void everyGroupComesOnceWhateverTheNumberOfPages() {
    for (int groups : new int[] {0, 1, 99, 100, 101, 250}) {
      cluster.groups.clear();
      IntStream.range(0, groups).forEach(cluster::addGroup);
      List<String> kept = new ArrayList<>();
      start().forEachGroup(group -> kept.add(group.kept().id()));
      assertEquals(IntStream.range(0, groups).mapToObj(i -> "a" + i).toList(), kept);
    }
  }

  @Test
  void noFurtherPageIsAskedForWhenNoneIsWanted() {
    IntStream.range(0, 250).forEach(cluster::addGroup);
    List<String> kept = new ArrayList<>();
    start()
        .forEachGroup(
            group -> {
              kept.add(group.kept().id());
              return kept.size() < 3;
            });
    assertEquals(3, kept.size());
    assertEquals(2, cluster.requests.size());
  }

  @Test
  void theKeptDocumentIsOneOfTheGroup() {
    cluster.groups.add(Map.of("size", 2, "keep", "x", "documents", List.of()));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> start().forEachGroup(group -> true));
    assertTrue(e.getMessage().contains("got [x]"), e.getMessage());
  }
}
