// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.duplicates.TextVerificationTest.Problem;
import org.semantichash.duplicates.TextVerificationTest.Source;

/** A search for new documents together with the groups of the old ones is a search of all. */
class NewDocumentsTest {

  private static final int SEEDS = Integer.getInteger("tests.duplicates.seeds", 300);
  private static final List<TableKind> KINDS = List.of(TableKind.values());
  private static final List<Grouping.Linkage> LINKAGES = List.of(Grouping.Linkage.values());
  private static final int[] WIDTHS = {4, 8, 16, 64, 65, 128, 256, 512, 4096};

  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    executor.close();
  }

  /** A group as it is compared: its documents, and whether it is capped. */
  private record Group(Set<Integer> documents, int diameter, boolean capped) {}

  private static FixedBitSet some(Random random, int size, double share) {
    FixedBitSet some = new FixedBitSet(size);
    IntStream.range(0, size).filter(i -> random.nextDouble() < share).forEach(some::set);
    return some;
  }

  private static int[] documents(FixedBitSet set, boolean in) {
    return IntStream.range(0, set.length()).filter(i -> set.get(i) == in).toArray();
  }

  private static Set<Group> groups(DuplicateGroups groups, int[] documents) {
    return IntStream.range(0, groups.count())
        .mapToObj(
            group ->
                new Group(
                    Arrays.stream(groups.documents(group))
                        .mapToObj(each -> documents[each])
                        .collect(Collectors.toSet()),
                    groups.diameter(group),
                    groups.capped(group)))
        .collect(Collectors.toSet());
  }

  private static Set<Group> groups(
      CodeTable codes, int[] documents, int maxDistance, Grouping grouping) {
    try (NearDuplicates found =
        NearDuplicates.find(
            codes.of(documents), maxDistance, grouping, JoinResources.unlimited())) {
      return groups(found.groups(), documents);
    }
  }

  /** The old groups that no document of the answer is in, and those of the answer. */
  private static Set<Group> joined(Set<Group> old, int[] connected, Set<Group> found) {
    Set<Group> all = new HashSet<>(found);
    for (Group group : old) {
      boolean touched =
          Arrays.stream(connected).anyMatch(document -> group.documents().contains(document));
      if (touched) {
        assertTrue(
            group.documents().stream()
                .allMatch(document -> Arrays.binarySearch(connected, document) >= 0),
            "a part of a group was reached");
      } else {
        all.add(group);
      }
    }
    return all;
  }

  private static Grouping grouping(Random random, Grouping.Linkage linkage) {
    int min = 2 + random.nextInt(2);
    int max = random.nextBoolean() ? Integer.MAX_VALUE : min + random.nextInt(8);
    return new Grouping(linkage, min, max);
  }

  @Test
  void newDocumentsJoinTheOldGroupsAsASearchOfAllWouldHaveIt() {
    int apart = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      TableKind kind = KINDS.get(seed % KINDS.size());
      int bits = WIDTHS[random.nextInt(WIDTHS.length)];
      CodeTable codes = kind.table(random, bits, random.nextInt(150));
      FixedBitSet isNew = some(random, codes.size(), random.nextDouble() / (1 + seed % 10));
      int maxDistance =
          random.nextBoolean() ? random.nextInt(Math.min(bits, 6)) : random.nextInt(bits + 1);
      CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
      JoinResources resources =
          new JoinResources(memory, executor, 1 + random.nextInt(3), JoinResources.Monitor.NONE);
      int[] connected =
          NewDocuments.connected(codes, isNew, maxDistance, NewDocuments.Verified.ALL, resources);
      assertEquals(0, memory.used());
      String message = "seed " + seed + ", " + kind + ", " + bits + ", " + maxDistance;
      int[] all = IntStream.range(0, codes.size()).toArray();
      int[] chained = chained(codes, isNew, maxDistance);
      assertArrayEquals(2 * chained.length > all.length ? all : chained, connected, message);
      for (Grouping.Linkage linkage : LINKAGES) {
        Grouping grouping = grouping(random, linkage);
        assertEquals(
            groups(codes, all, maxDistance, grouping),
            joined(
                groups(codes, documents(isNew, false), maxDistance, grouping),
                connected,
                groups(codes, connected, maxDistance, grouping)),
            message + ", " + linkage);
      }
      apart += connected.length < codes.size() ? 1 : 0;
    }
    assertTrue(apart > SEEDS / 4, "only [" + apart + "] searches left documents out");
  }

  /** By the matrix of all distances. */
  private static int[] chained(CodeTable codes, FixedBitSet isNew, int maxDistance) {
    int[][] matrix = NaiveGroups.matrix(codes);
    FixedBitSet reached = isNew.clone();
    for (int before = -1; before < reached.cardinality(); ) {
      before = reached.cardinality();
      for (int one = 0; one < matrix.length; one++) {
        for (int other = 0; other < matrix.length && reached.get(one); other++) {
          if (matrix[one][other] <= maxDistance) {
            reached.set(other);
          }
        }
      }
    }
    return documents(reached, true);
  }

  @Test
  void verifiedByTextTheyJoinTooAndUnrelatedTextsBreakTheChain() {
    int broken = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Problem problem = Problem.of(random);
      CodeTable codes = problem.codes();
      FixedBitSet isNew = some(random, codes.size(), random.nextDouble() / (1 + seed % 10));
      CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
      JoinResources resources = new JoinResources(memory, executor, 2, JoinResources.Monitor.NONE);
      try (Shingler shingler =
          new Shingler(problem.shingle(), problem.criterion().similarity().counts())) {
        NewDocuments.ByText texts =
            new NewDocuments.ByText(
                codes,
                problem.maxDistance(),
                problem.criterion(),
                new Source(problem, shingler),
                resources);
        int[] connected =
            NewDocuments.connected(codes, isNew, problem.maxDistance(), texts, resources);
        assertEquals(0, memory.used());
        int[] all = IntStream.range(0, codes.size()).toArray();
        assertEquals(
            verified(problem, shingler, all),
            joined(
                verified(problem, shingler, documents(isNew, false)),
                connected,
                verified(problem, shingler, connected)),
            "seed " + seed + ": " + problem);
        broken += connected.length < chained(codes, isNew, problem.maxDistance()).length ? 1 : 0;
      }
    }
    assertTrue(broken > SEEDS / 4, "only [" + broken + "] chains were broken by texts");
  }

  private static Set<Group> verified(Problem problem, Shingler shingler, int[] documents) {
    JoinResources resources = JoinResources.unlimited();
    Source source = new Source(problem, shingler);
    try (CandidatePairs pairs =
            CandidatePairs.find(
                problem.codes().of(documents), problem.maxDistance(), Long.MAX_VALUE, resources);
        VerifiedDuplicates found =
            TextVerification.verify(
                pairs,
                problem.criterion(),
                problem.grouping(),
                some -> source.read(Arrays.stream(some).map(each -> documents[each]).toArray()),
                resources)) {
      return groups(found.groups(), documents);
    }
  }

  /** The smallest size of 1 tells of every document that was looked at in which group it is. */
  @Test
  void documentsInNoGroupAreToldToo() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      CodeTable codes = KINDS.get(seed % KINDS.size()).table(random, 64, 1 + random.nextInt(80));
      int[] all = IntStream.range(0, codes.size()).toArray();
      Grouping.Linkage linkage = LINKAGES.get(seed % LINKAGES.size());
      Set<Group> told = groups(codes, all, 3, new Grouping(linkage, 1, 9));
      assertEquals(codes.size(), told.stream().mapToInt(group -> group.documents().size()).sum());
      assertEquals(
          groups(codes, all, 3, new Grouping(linkage, 2, 9)),
          told.stream().filter(group -> group.documents().size() > 1).collect(Collectors.toSet()));
    }
  }

  private static int distance(CodeTable codes, int code, CodeTable few, int one) {
    int distance = 0;
    for (int word = 0; word < codes.wordCount(); word++) {
      distance += Long.bitCount(codes.word(code, word) ^ few.word(one, word));
    }
    return distance;
  }

  @Test
  void everyPlanMarksWhatIsNear() {
    int plans = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int bits = WIDTHS[random.nextInt(WIDTHS.length)];
      CodeTable codes = KINDS.get(seed % KINDS.size()).table(random, bits, 1 + random.nextInt(200));
      int maxDistance = random.nextInt(Math.min(bits, 12));
      FixedBitSet known = some(random, codes.size(), 0.2);
      CodeTable few = codes.of(documents(some(random, codes.size(), 0.1), true));
      FixedBitSet expected = new FixedBitSet(codes.size());
      for (int code = 0; code < codes.size(); code++) {
        for (int one = 0; one < few.size() && known.get(code) == false; one++) {
          if (distance(codes, code, few, one) <= maxDistance) {
            expected.set(code);
          }
        }
      }
      assertEquals(expected, marked(codes, few, maxDistance, known, null), "seed " + seed);
      for (LookupPlan plan : LookupPlan.all(bits, maxDistance)) {
        if (plan.chunks().stream().allMatch(chunk -> chunk.bits() <= 16)) { // soon filled
          plans++;
          assertEquals(expected, marked(codes, few, maxDistance, known, plan), plan.toString());
        }
      }
    }
    assertTrue(plans > SEEDS, "plans tried: " + plans);
  }

  /** All chunks are sorted, or one after the other, or none: 3 tables of 2^21 values are 25 MB. */
  @Test
  void withLittleMemoryTheSameIsMarked() {
    CodeTable codes = TableKind.UNIFORM.table(new Random(5), 64, 50_000);
    CodeTable few = codes.of(IntStream.range(0, 3000).map(i -> 7 * i).toArray());
    FixedBitSet none = new FixedBitSet(codes.size());
    assertNotNull(plan(codes, 3000, 3));
    FixedBitSet expected = marked(codes, few, 3, none, null);
    assertTrue(expected.cardinality() >= 3000);
    for (long megabytes : new long[] {100, 40, 20, 10, 1}) {
      CountedMemory memory = new CountedMemory(megabytes << 20);
      assertEquals(expected, marked(codes, few, 3, none, null, memory), megabytes + " MB");
    }
  }

  /** Without chunks that cover all bits there would be none for few of many bits. */
  @Test
  void smallRadiiHaveAPlan() {
    for (int bits : new int[] {64, 128, 256, 512}) {
      CodeTable codes = TableKind.UNIFORM.table(new Random(6), bits, 50_000);
      for (int maxDistance : new int[] {0, 1, 3}) {
        assertNotNull(plan(codes, 5000, maxDistance), bits + ", " + maxDistance);
      }
    }
  }

  private FixedBitSet marked(
      CodeTable codes, CodeTable few, int maxDistance, FixedBitSet known, LookupPlan plan) {
    return marked(codes, few, maxDistance, known, plan, new CountedMemory(Long.MAX_VALUE));
  }

  private FixedBitSet marked(
      CodeTable codes,
      CodeTable few,
      int maxDistance,
      FixedBitSet known,
      LookupPlan plan,
      CountedMemory memory) {
    Workers workers =
        new Workers(new JoinResources(memory, executor, 2, JoinResources.Monitor.NONE));
    FixedBitSet near = new FixedBitSet(codes.size());
    if (few.size() > 0) {
      try (Reservation reservation = new Reservation(memory)) {
        int entries = 1 + codes.size() % 7 * 1000; // those of one code at least
        CodeLookup lookup = new CodeLookup(codes, maxDistance, entries, workers, reservation);
        if (plan != null) {
          lookup.sort(plan);
        }
        lookup.mark(few, known, near);
      }
    }
    assertEquals(0, memory.used());
    return near;
  }

  @Test
  void fewCodesAreLookedUpAndManyCompared() {
    CodeTable codes = TableKind.UNIFORM.table(new Random(3), 64, 50_000);
    assertNotNull(plan(codes, 5000, 3));
    assertNotNull(plan(codes, 5000, 8));
    assertNull(plan(codes, 2, 3));
    assertNull(plan(codes, 5000, 30));
  }

  private static LookupPlan plan(CodeTable codes, int few, int maxDistance) {
    CodeTable some = codes.of(IntStream.range(0, few).toArray());
    Workers workers = new Workers(JoinResources.unlimited());
    return LookupPlan.cheapest(codes, some, maxDistance, workers);
  }

  @Test
  void itEndsWhenItIsCancelledAndGivesAllBack() {
    CodeTable codes = TableKind.CHAIN.table(new Random(4), 64, 30_000);
    CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
    JoinResources.Monitor cancelled =
        new JoinResources.Monitor() {
          @Override
          public void checkCancelled() {
            throw new CancellationException("cancelled");
          }

          @Override
          public void progress(double done) {}
        };
    FixedBitSet isNew = some(new Random(4), codes.size(), 0.1);
    assertThrows(
        CancellationException.class,
        () ->
            NewDocuments.connected(
                codes,
                isNew,
                3,
                NewDocuments.Verified.ALL,
                new JoinResources(memory, executor, 2, cancelled)));
    assertEquals(0, memory.used());
  }
}
