// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cluster.Json;

class DuplicateJobTest {

  private final FakeJob cluster = new FakeJob();

  private DuplicateJob start() {
    return DuplicateJob.start(
        cluster, "news,old*", Json.object().put("field", "code"), Duration.ZERO);
  }

  private final List<String> heard = new ArrayList<>();

  /** Never cancels, or when it has heard so often that the job runs. */
  private Optional<DuplicateSummary> await(int cancelAfter) {
    return start().await(heard::add, () -> heard.size() >= cancelAfter);
  }

  @Test
  void startsAJobWithoutWaiting() {
    start();
    assertEquals(
        List.of("POST news%2Cold*/_semantic_hash/near_duplicates?wait_for_completion=false"),
        cluster.requests);
    assertEquals("{\"field\":\"code\"}", cluster.searched.toString());
  }

  @Test
  void waitsUntilTheJobIsCompleted() {
    cluster.addGroup(1);
    cluster.states.addAll(0, List.of("running", "running"));
    DuplicateSummary summary = await(Integer.MAX_VALUE).orElseThrow();
    assertEquals(List.of("pairs 12", "pairs 12"), heard);
    assertEquals(1000, summary.documents());
    assertEquals(Map.of(2, 1L), summary.distances());
  }

  @Test
  void aWishToCancelDeletesTheJob() {
    cluster.states.addAll(0, List.of("running", "running", "running", "running"));
    assertTrue(await(1).isEmpty());
    String job = "DELETE news%2Cold*/_semantic_hash/near_duplicates/j+1";
    assertEquals(1, cluster.requests.stream().filter(job::equals).count());
    assertEquals(job, cluster.requests.getLast());
  }

  @Test
  void aFailureSaysWhy() {
    cluster.states.set(0, "failed");
    Exception e = assertThrows(IllegalStateException.class, () -> await(Integer.MAX_VALUE));
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
