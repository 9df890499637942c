// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.duplicates.TextVerification.Criterion;
import org.semantichash.duplicates.TextVerification.ShortTexts;

/** Against all pairs of documents, whose shingles are sets of strings. */
class TextVerificationTest {

  private static final int SEEDS = Integer.getInteger("tests.duplicates.seeds", 300);
  private static final String[] WORDS = "the a cat dog sat on mat and saw it".split(" ", -1);

  /** Texts, the codes of their documents, and what is asked of them. */
  record Problem(
      CodeTable codes,
      List<String> texts,
      int maxDistance,
      int shingle,
      Criterion criterion,
      Grouping grouping) {

    static Problem of(Random random) {
      int bits = new int[] {4, 16, 64, 128}[random.nextInt(4)];
      int size = random.nextInt(60);
      CodeTable codes = any(random, TableKind.values()).table(random, bits, size);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean copies = i > 0 && random.nextInt(4) > 0;
        texts.add(copies ? edited(random, texts.get(random.nextInt(i))) : text(random));
      }
      Criterion criterion =
          new Criterion(
              any(random, TextSimilarity.values()),
              0.05 + 0.95 * random.nextDouble(),
              random.nextBoolean() ? 0 : random.nextInt(8),
              any(random, ShortTexts.values()),
              Long.MAX_VALUE);
      int min = 2 + random.nextInt(2);
      int max = random.nextBoolean() ? Integer.MAX_VALUE : min + random.nextInt(6);
      Grouping.Linkage linkage = any(random, Grouping.Linkage.values());
      return new Problem(
          codes,
          texts,
          random.nextInt(1 + Math.min(bits, 20)),
          1 + random.nextInt(4),
          criterion,
          new Grouping(linkage, min, max));
    }

    private static <T> T any(Random random, T[] values) {
      return Arrays.asList(values).get(random.nextInt(values.length));
    }

    private static String text(Random random) {
      StringBuilder text = new StringBuilder();
      for (int words = random.nextInt(12); words > 0; words--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : ", ");
      }
      return text.toString();
    }

    private static String edited(Random random, String text) {
      return switch (random.nextInt(4)) {
        case 0 -> text;
        case 1 -> text.toUpperCase(Locale.ROOT).replace(" ", " - ");
        case 2 -> text + " " + WORDS[random.nextInt(WORDS.length)];
        default -> text.substring(random.nextInt(text.length() + 1));
      };
    }

    List<String> words(int document) {
      return Arrays.stream(texts.get(document).toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
          .filter(word -> word.isEmpty() == false)
          .toList();
    }

    /** How often the text has each shingle. */
    Map<List<String>, Integer> shingles(int document) {
      List<String> words = words(document);
      Map<List<String>, Integer> shingles = new HashMap<>();
      for (int i = 0; i == 0 || i + shingle <= words.size(); i++) {
        shingles.merge(words.subList(i, Math.min(words.size(), i + shingle)), 1, Integer::sum);
      }
      return shingles;
    }

    double similarity(int one, int other) {
      Map<List<String>, Integer> a = shingles(one);
      Map<List<String>, Integer> b = shingles(other);
      Set<List<String>> common = new HashSet<>(a.keySet());
      common.retainAll(b.keySet());
      Set<List<String>> all = new HashSet<>(a.keySet());
      all.addAll(b.keySet());
      return switch (criterion.similarity()) {
        case JACCARD -> (double) common.size() / all.size();
        case CONTAINMENT -> (double) common.size() / Math.min(a.size(), b.size());
        case COSINE ->
            common.stream().mapToDouble(s -> (double) a.get(s) * b.get(s)).sum()
                / Math.sqrt(square(a) * square(b));
      };
    }

    private static double square(Map<List<String>, Integer> counts) {
      return counts.values().stream().mapToDouble(count -> (double) count * count).sum();
    }

    boolean isShort(int document) {
      return words(document).size() < criterion.minWords();
    }

    boolean isCompared(int document) {
      return words(document).isEmpty() == false
          && (isShort(document) == false || criterion.shortTexts() == ShortTexts.EXACT);
    }

    boolean areOneText(int one, int other) {
      return codes.same(one, other) && words(one).equals(words(other));
    }
  }

  /** Reads the texts of a problem. The document with the highest number is kept. */
  record Source(Problem problem, Shingler shingler) implements TextVerification.TextSource {

    @Override
    public Texts read(int[] documents) {
      return new Texts() {
        @Override
        public ShingledText text(int place) {
          return shingler.of(List.of(problem.texts().get(documents[place])));
        }

        @Override
        public int compareKept(int place, int other) {
          return documents[other] - documents[place];
        }

        @Override
        public void close() {}
      };
    }
  }

  /** A group as it is compared: its documents with their similarities, in thousandths. */
  private record Found(Map<Integer, Long> documents, int diameter, boolean capped) {}

  private static long thousandths(double similarity) {
    return Math.round(1000 * (float) similarity);
  }

  /** What all pairs of documents give. */
  private static final class AllPairs {

    private record Pair(int one, int other, int distance, double similarity) {}

    private final Problem problem;
    private final List<SortedSet<Integer>> texts = new ArrayList<>(); // documents of each text
    private final List<Pair> pairs = new ArrayList<>(); // of texts
    private final Map<Integer, Long> distances = new TreeMap<>();
    private final Set<List<SortedSet<Integer>>> verified = new HashSet<>();
    private long candidates;

    AllPairs(Problem problem, Shingler shingler) {
      this.problem = problem;
      for (int document = 0; document < problem.codes().size(); document++) {
        int each = document;
        if (problem.isCompared(document)) {
          texts.stream()
              .filter(text -> problem.areOneText(text.first(), each))
              .findFirst()
              .ifPresentOrElse(
                  text -> text.add(each), () -> texts.add(new TreeSet<>(Set.of(each))));
        }
      }
      texts.forEach(text -> count(0, (long) text.size() * (text.size() - 1) / 2));
      for (int i = 0; i < texts.size(); i++) {
        for (int j = 0; j < i; j++) {
          compare(i, j);
        }
      }
      Comparator<Integer> byText = byText(shingler);
      pairs.replaceAll(
          pair ->
              byText.compare(pair.one(), pair.other()) < 0
                  ? pair
                  : new Pair(
                      /* one= */ pair.other(),
                      /* other= */ pair.one(),
                      pair.distance(),
                      pair.similarity()));
      pairs.sort(
          Comparator.comparingDouble((Pair pair) -> -(float) pair.similarity())
              .thenComparingInt(Pair::distance)
              .thenComparing(Pair::one, byCode())
              .thenComparing(Pair::other, byCode())
              .thenComparing(Pair::one, byText)
              .thenComparing(Pair::other, byText));
    }

    /** The numbers of codes, which the definition of groups refers to. */
    private Comparator<Integer> byCode() {
      int[] numbers = new int[problem.codes().size()];
      try (CandidatePairs found =
          CandidatePairs.find(problem.codes(), 0, Long.MAX_VALUE, JoinResources.unlimited())) {
        for (int code = 0; code < found.distinct().size(); code++) {
          for (int i = 0; i < found.distinct().count(code); i++) {
            numbers[found.distinct().document(code, i)] = code;
          }
        }
      }
      return Comparator.comparingInt(text -> numbers[texts.get(text).first()]);
    }

    private Comparator<Integer> byText(Shingler shingler) {
      Map<Integer, ShingledText> read = new HashMap<>();
      for (int text = 0; text < texts.size(); text++) {
        read.put(text, shingler.of(List.of(problem.texts().get(texts.get(text).first()))));
      }
      return byCode()
          .thenComparingLong(text -> read.get(text).high())
          .thenComparingLong(text -> read.get(text).low());
    }

    private void count(int distance, long documents) {
      if (documents > 0) {
        distances.merge(distance, documents, Long::sum);
      }
    }

    private void compare(int i, int j) {
      int one = texts.get(i).first();
      int other = texts.get(j).first();
      int distance = problem.codes().distance(one, other);
      if (distance > problem.maxDistance() || problem.isShort(one) || problem.isShort(other)) {
        return;
      }
      candidates++;
      double similarity = problem.similarity(one, other);
      if (similarity >= problem.criterion().min()) {
        pairs.add(new Pair(i, j, distance, similarity));
        verified.add(List.of(texts.get(i), texts.get(j)));
        verified.add(List.of(texts.get(j), texts.get(i)));
        count(distance, (long) texts.get(i).size() * texts.get(j).size());
      }
    }

    /** By the definition of groups, with texts for codes. */
    List<Found> groups() {
      Map<Integer, SortedSet<Integer>> groupOf = new HashMap<>(); // texts of the group of a text
      IdentityHashMap<SortedSet<Integer>, Boolean> isCapped = new IdentityHashMap<>();
      for (int text = 0; text < texts.size(); text++) {
        SortedSet<Integer> group = new TreeSet<>(Set.of(text));
        groupOf.put(text, group);
        isCapped.put(group, texts.get(text).size() > problem.grouping().maxSize());
      }
      for (Pair pair : pairs) {
        SortedSet<Integer> one = groupOf.get(pair.one());
        SortedSet<Integer> other = groupOf.get(pair.other());
        if (one.equals(other) || allows(one, other) == false) {
          continue;
        }
        if ((long) documents(one).size() + documents(other).size() > problem.grouping().maxSize()) {
          isCapped.put(one, true);
          isCapped.put(other, true);
          continue;
        }
        isCapped.merge(one, isCapped.get(other), Boolean::logicalOr);
        one.addAll(other);
        other.forEach(text -> groupOf.put(text, one));
      }
      Set<Found> found = new LinkedHashSet<>();
      for (SortedSet<Integer> group : groupOf.values()) {
        if (documents(group).size() >= problem.grouping().minSize()) {
          found.add(found(documents(group), isCapped.get(group)));
        }
      }
      return sorted(new ArrayList<>(found));
    }

    private Found found(SortedSet<Integer> documents, boolean isCapped) {
      int kept = documents.last();
      Map<Integer, Long> similarities = new TreeMap<>();
      int diameter = 0;
      for (int document : documents) {
        boolean same = problem.words(kept).equals(problem.words(document));
        similarities.put(document, thousandths(same ? 1 : problem.similarity(kept, document)));
        for (int other : documents) {
          diameter = Math.max(diameter, problem.codes().distance(document, other));
        }
      }
      return new Found(similarities, diameter, isCapped);
    }

    private boolean allows(SortedSet<Integer> one, SortedSet<Integer> other) {
      return problem.grouping().linkage() == Grouping.Linkage.SINGLE
          || one.stream()
              .allMatch(
                  a ->
                      other.stream()
                          .allMatch(b -> verified.contains(List.of(texts.get(a), texts.get(b)))));
    }

    private SortedSet<Integer> documents(SortedSet<Integer> group) {
      SortedSet<Integer> documents = new TreeSet<>();
      group.forEach(text -> documents.addAll(texts.get(text)));
      return documents;
    }
  }

  private static List<Found> sorted(List<Found> groups) {
    groups.sort(Comparator.comparing(group -> group.documents().keySet().iterator().next()));
    return groups;
  }

  private static List<Found> listed(DuplicateGroups groups) {
    List<Found> list = new ArrayList<>();
    for (int group = 0; group < groups.count(); group++) {
      Map<Integer, Long> documents = new TreeMap<>();
      for (int document : groups.documents(group)) {
        documents.put(document, thousandths(groups.similarity(group, document)));
      }
      list.add(new Found(documents, groups.diameter(group), groups.capped(group)));
    }
    return sorted(list);
  }

  private static VerifiedDuplicates verify(
      Problem problem, Criterion criterion, Shingler shingler, CountedMemory memory) {
    JoinResources resources =
        new JoinResources(memory, Runnable::run, 1, JoinResources.Monitor.NONE);
    try (CandidatePairs pairs =
        CandidatePairs.find(problem.codes(), problem.maxDistance(), Long.MAX_VALUE, resources)) {
      return TextVerification.verify(
          pairs, criterion, problem.grouping(), new Source(problem, shingler), resources);
    }
  }

  @Test
  void allPairsOfDocumentsGiveTheSame() {
    int groups = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Problem problem = Problem.of(new Random(seed));
      CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
      try (Shingler shingler =
          new Shingler(problem.shingle(), problem.criterion().similarity().counts())) {
        AllPairs expected = new AllPairs(problem, shingler);
        try (VerifiedDuplicates found = verify(problem, problem.criterion(), shingler, memory)) {
          String message = "seed " + seed + ": " + problem;
          assertEquals(expected.groups(), listed(found.groups()), message);
          assertEquals(expected.candidates, found.candidates(), message);
          assertEquals(expected.pairs.size(), found.verified(), message);
          Map<Integer, Long> distances = new TreeMap<>();
          for (int distance = 0; distance <= problem.maxDistance(); distance++) {
            if (found.distances()[distance] > 0) {
              distances.put(distance, found.distances()[distance]);
            }
          }
          assertEquals(expected.distances, distances, message);
          groups += found.groups().count();
        }
        if (expected.candidates > 1) {
          assertStopped(problem, expected.candidates, shingler, memory);
        }
      }
      assertEquals(0, memory.used(), "seed " + seed);
    }
    assertTrue(groups > SEEDS, "only [" + groups + "] groups were compared");
  }

  /** As many candidates as there are pass, and one fewer are too few. */
  private static void assertStopped(
      Problem problem, long candidates, Shingler shingler, CountedMemory memory) {
    Criterion all = problem.criterion();
    for (long most = candidates - 1; most <= candidates; most++) {
      Criterion limited =
          new Criterion(all.similarity(), all.min(), all.minWords(), all.shortTexts(), most);
      if (most < candidates) {
        assertThrows(
            CandidatePairs.TooManyPairsException.class,
            () -> verify(problem, limited, shingler, memory));
      } else {
        verify(problem, limited, shingler, memory).close();
      }
    }
  }

  @Test
  void aPairTooManyOfCodesStopsTheSearch() {
    CodeTable codes = TableKind.UNIFORM.table(new Random(1), 16, 500);
    int pairs;
    try (CandidatePairs all =
        CandidatePairs.find(codes, 8, Long.MAX_VALUE, JoinResources.unlimited())) {
      pairs = all.pairs().size();
    }
    CandidatePairs.find(codes, 8, pairs, JoinResources.unlimited()).close();
    for (int most : new int[] {0, 1, pairs / 2, pairs - 1}) {
      CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
      JoinResources resources =
          new JoinResources(memory, Runnable::run, 1, JoinResources.Monitor.NONE);
      assertThrows(
          CandidatePairs.TooManyPairsException.class,
          () -> CandidatePairs.find(codes, 8, most, resources));
      assertEquals(0, memory.used());
    }
  }

  @Test
  void theCriterionIsChecked() {
    for (double min : new double[] {0, -1, 1.01, Double.NaN}) {
      assertEquals(
          "[min] must be a similarity above [0] and at most [1], got [" + min + "]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Criterion(TextSimilarity.JACCARD, min, 0, ShortTexts.EXACT, 1))
              .getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new Shingler(0, false));
    assertThrows(IllegalArgumentException.class, () -> new Shingler(11, false));
  }
}
