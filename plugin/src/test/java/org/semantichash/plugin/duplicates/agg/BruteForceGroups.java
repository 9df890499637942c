// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.ReportedGroups.ReportedGroup;

/** Groups documents by comparing all with all, as {@link Grouping.Linkage} defines it. */
final class BruteForceGroups {

  /** A document with a code. */
  record Coded(String index, String id, BinaryCode code) {}

  private record Pair(int distance, int lower, int upper) {}

  private static final class Group {
    private final Set<Integer> documents = new TreeSet<>();
    private boolean capped;
  }

  private final NearDuplicatesOptions options;
  private final List<Coded> documents;
  private final int[] numbers; // of the codes, by document
  private final List<Group> groupOf = new ArrayList<>();

  private BruteForceGroups(NearDuplicatesOptions options, List<Coded> documents) {
    this.options = options;
    this.documents =
        documents.stream()
            .sorted(Comparator.comparing(Coded::index).thenComparing(Coded::id))
            .toList();
    this.numbers = numbers(this.documents);
  }

  /** The numbers of the codes, which say in what order pairs are taken. */
  private static int[] numbers(List<Coded> documents) {
    int[] numbers = new int[documents.size()];
    if (documents.isEmpty()) {
      return numbers;
    }
    int bits = documents.getFirst().code().bits();
    long[] words = new long[CodeTable.wordsFor(bits, documents.size())];
    for (int i = 0; i < documents.size(); i++) {
      byte[] bytes = documents.get(i).code().toBytes();
      CodeTable.pack(words, i, bytes, 0, bytes.length);
    }
    CodeTable table = new CodeTable(bits, documents.size(), words);
    Grouping any = new Grouping(Grouping.Linkage.SINGLE, 2, documents.size() + 1);
    try (NearDuplicates found = NearDuplicates.find(table, 0, any, JoinResources.unlimited())) {
      for (int number = 0; number < found.distinct().size(); number++) {
        for (int i = 0; i < found.distinct().count(number); i++) {
          numbers[found.distinct().document(number, i)] = number;
        }
      }
    }
    return numbers;
  }

  static ReportedGroups of(NearDuplicatesOptions options, List<Coded> documents) {
    return new BruteForceGroups(options, documents).find();
  }

  private int distance(int one, int other) {
    return documents.get(one).code().distance(documents.get(other).code());
  }

  private ReportedGroups find() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      Group group = new Group();
      group.documents.add(i);
      groupOf.add(group);
      for (int j = 0; j < documents.size(); j++) {
        if (numbers[i] < numbers[j] || (numbers[i] == numbers[j] && i < j)) {
          pairs.add(new Pair(distance(i, j), i, j));
        }
      }
    }
    pairs.sort(
        Comparator.comparingInt(Pair::distance)
            .thenComparingInt(pair -> numbers[pair.lower()])
            .thenComparingInt(pair -> numbers[pair.upper()]));
    for (Pair pair : pairs) {
      if (pair.distance() <= options.maxDistance()) {
        take(pair);
      }
    }
    return result();
  }

  private void take(Pair pair) {
    Group one = groupOf.get(pair.lower());
    Group other = groupOf.get(pair.upper());
    if (one == other || (pair.distance() > 0 && isAllowed(one, other) == false)) {
      return;
    }
    boolean over = one.documents.size() + other.documents.size() > options.grouping().maxSize();
    if (over) {
      one.capped = true;
      other.capped = true;
    }
    if (over == false || pair.distance() == 0) {
      one.documents.addAll(other.documents);
      one.capped |= other.capped;
      other.documents.forEach(document -> groupOf.set(document, one));
    }
  }

  private boolean isAllowed(Group one, Group other) {
    return options.grouping().linkage() == Grouping.Linkage.SINGLE
        || one.documents.stream()
            .allMatch(
                i ->
                    other.documents.stream()
                        .allMatch(j -> distance(i, j) <= options.maxDistance()));
  }

  private ReportedGroups result() {
    List<Group> groups =
        groupOf.stream()
            .distinct()
            .filter(group -> group.documents.size() >= options.grouping().minSize())
            .sorted(
                Comparator.<Group>comparingInt(group -> -group.documents.size())
                    .thenComparingInt(group -> group.documents.iterator().next()))
            .toList();
    return new ReportedGroups(
        groups.size(),
        groups.stream().mapToInt(group -> group.documents.size()).sum(),
        (int) groups.stream().filter(group -> group.capped).count(),
        groups.stream().limit(options.size()).map(this::named).toList());
  }

  private ReportedGroup named(Group group) {
    int first = group.documents.iterator().next();
    int diameter = 0;
    List<ReportedGroup.Document> named = new ArrayList<>();
    for (int i : group.documents) {
      for (int j : group.documents) {
        diameter = Math.max(diameter, distance(i, j));
      }
      Coded document = documents.get(i);
      named.add(new ReportedGroup.Document(document.index(), document.id(), distance(first, i)));
    }
    return new ReportedGroup(diameter, group.capped, named);
  }
}
